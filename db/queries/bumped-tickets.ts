import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { WallTicket } from '@/domain/wall'
import type { Db } from '../client'
import { wallTickets } from '../fragments/wall-tickets'

/** How far back a wall can recall. */
const MOST_TICKETS = 50

/**
 * The tickets that were bumped to ready or delivered last, newest first, at most 50: of the restaurant's latest
 * business date with orders and the day before it.
 */
export async function listBumped(db: Db, scope: RestaurantScope): Promise<WallTicket[]> {
  const { id } = scope.restaurant
  const [row] = await db.execute<{ tickets: WallTicket[] }>(sql`
    select ${wallTickets(sql`
      select *, row_number() over (order by coalesce(delivered_at, ready_at) desc, id desc) as place
      from orders
      where restaurant_id = ${id} and status in ('ready', 'delivered')
        and business_date >= (select max(business_date) from orders where restaurant_id = ${id}) - 1
      order by place
      limit ${MOST_TICKETS}`)} as tickets`)
  return row?.tickets ?? []
}
