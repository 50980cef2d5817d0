import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { isOpen } from '../fragments/open-orders'

/** How many tickets of closed days nobody has handed over or cancelled, anywhere in the chain. */
export async function countLeftOpenTickets(db: Db, _scope: SystemScope): Promise<number> {
  const [row] = await db.execute<{ orders: number }>(sql`
    select count(*)::int as orders
    from kitchen_rollups k
    join orders o on o.restaurant_id = k.restaurant_id and o.business_date <= k.through and ${isOpen}`)
  return row?.orders ?? 0
}
