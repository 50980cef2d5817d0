import { type SQL, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { TicketChange } from '@/domain/ticket-moves'
import type { Db } from '../client'
import { nextSeq, wakeScreens } from './feed'

/**
 * The statement that writes what became of a ticket: its status and times, its items, its events. The screens are told once it is committed.
 * The caller holds the order's row. All of it carries the time at which the feed's row was ours, so that the times of
 * a restaurant's events follow their numbers.
 * @param also the order's new total in cents, details (a scalar subquery of JSON) for events that have none, and further
 *   data-modifying CTEs (`name as (…)`)
 */
export function ticketWrite(
  tx: Db,
  scope: RestaurantScope,
  orderId: string,
  change: Omit<TicketChange, 'ok'>,
  also: { total?: number; details?: SQL | undefined; more?: readonly SQL[] } = {},
): SQL {
  const { total, details = sql`null::jsonb`, more = [] } = also
  const { id: restaurantId } = scope.restaurant
  wakeScreens(tx, restaurantId)
  const { status, items, unacknowledged, events } = change
  return sql`
    with fed as (${nextSeq(restaurantId)}), ticket as (
      update orders o set status = ${status}::text, ${timesOf(events)}${total === undefined ? sql`` : sql` total = ${total}::int,`}
        unacknowledged = ${unacknowledged && JSON.stringify(unacknowledged)}::text::jsonb
      from fed
      where o.restaurant_id = ${restaurantId} and o.id = ${orderId}::uuid
    ), item as (
      update order_items i set status = c.status
      from json_to_recordset(${JSON.stringify(items)}::text::json) as c (line int, status text)
      where i.restaurant_id = ${restaurantId} and i.order_id = ${orderId}::uuid and i.line = c.line
    ), logged as (
      insert into order_events (restaurant_id, seq, n, order_id, kind, from_status, to_status, user_id, device_id, at, details)
      select ${restaurantId}::int, fed.seq, e.n - 1, ${orderId}::uuid, e.event ->> 'kind', e.event ->> 'from',
        e.event ->> 'to', ${scope.actor.userId}::int, ${scope.actor.deviceId}::int, fed.at,
        coalesce(nullif(e.event -> 'details', 'null'), (${details}))
      from fed, jsonb_array_elements(${JSON.stringify(events)}::text::jsonb) with ordinality as e (event, n)
    )${more.length > 0 ? sql`, ${sql.join([...more], sql`, `)}` : sql``}
    select seq from fed`
}

/** A recall takes the later times back and leaves the clock running since the order was fired. */
function timesOf(events: TicketChange['events']): SQL {
  const set = events.flatMap(({ kind }) => {
    switch (kind) {
      case 'recalled':
        return [sql`ready_at = null, delivered_at = null,`]
      case 'confirmed':
      case 'preparing':
      case 'ready':
      case 'delivered':
      case 'cancelled':
        return [sql`${sql.identifier(`${kind}_at`)} = fed.at,`]
      default:
        return []
    }
  })
  return sql.join(set, sql` `)
}
