import { type SQL, sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { RestaurantScope } from '@/domain/scope'
import type { TicketState } from '@/domain/ticket-moves'
import type { Db } from '../client'

/** Keeps everybody else from changing this order until the transaction ends. False: there is no such order here. */
export async function lockTicket(tx: Db, scope: RestaurantScope, orderId: string): Promise<boolean> {
  if (!isUuid(orderId)) return false
  const locked = await tx.execute(sql`
    select 1 from orders where restaurant_id = ${scope.restaurant.id} and id = ${orderId}::uuid for no key update`)
  return locked.length > 0
}

/**
 * An order that the caller has locked, the time, and the answer that the same request got before. In a statement of
 * its own: the one that locks sees everything but the order's row as it was before it waited.
 * @param earlier a scalar subquery that gives JSON or null
 */
export async function readTicket<Earlier>(
  tx: Db,
  scope: RestaurantScope,
  orderId: string,
  earlier: SQL,
): Promise<TicketState & { now: Date; earlier: Earlier | null }> {
  const { id: restaurantId } = scope.restaurant
  const [row] = await tx.execute<TicketState & { now: string; earlier: Earlier | null }>(sql`
    select o.status, o.unacknowledged, to_json(clock_timestamp()) as now, (${earlier}) as earlier, (
      select coalesce(json_agg(json_build_object('line', i.line, 'station', m.station, 'status', i.status)
        order by i.line), '[]')
      from order_items i join menu_items m on m.id = i.menu_item_id
      where i.restaurant_id = o.restaurant_id and i.order_id = o.id
    ) as items
    from orders o where o.restaurant_id = ${restaurantId} and o.id = ${orderId}::uuid`)
  if (!row) throw new Error('A locked order is gone.')
  return { ...row, now: new Date(row.now) }
}
