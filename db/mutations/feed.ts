import { type SQL, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { OrderEventKind, OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'

/**
 * Takes the restaurant's next feed number. The row stays locked until the transaction ends, which is what makes the
 * numbers gapless and puts them in commit order; so this comes last of all locks (order, overrides, stock, feed).
 */
const nextSeq = (restaurantId: number): SQL => sql`
  insert into kitchen_feed as f (restaurant_id, seq) values (${restaurantId}, 1)
  on conflict (restaurant_id) do update set seq = f.seq + 1
  returning seq`

/** Tells the restaurant's screens, once the transaction commits, that there is something new. Returns its number. */
export async function bumpFeed(tx: Db, scope: RestaurantScope): Promise<number> {
  const { id } = scope.restaurant
  const [row] = await tx.execute<{ seq: string }>(sql`
    with fed as (${nextSeq(id)})
    select seq, pg_notify('kitchen', ${String(id)}) from fed`)
  return Number(row?.seq)
}

export type OrderEvent = {
  orderId: string
  kind: OrderEventKind
  from: OrderStatus
  to: OrderStatus
  /** ISO 8601, as PostgreSQL gave it. */
  at: string
  details: object | null
}

/** Writes one event of one order under the next feed number, and tells the screens. */
export async function recordOrderEvent(tx: Db, scope: RestaurantScope, event: OrderEvent): Promise<void> {
  const { id } = scope.restaurant
  const details = event.details && JSON.stringify(event.details)
  await tx.execute(sql`
    with fed as (${nextSeq(id)}), logged as (
      insert into order_events (restaurant_id, seq, order_id, kind, from_status, to_status, user_id, device_id, at, details)
      select ${id}::int, fed.seq, ${event.orderId}::uuid, ${event.kind}::text, ${event.from}::text,
        ${event.to}::text, ${scope.actor.userId}::int, ${scope.actor.deviceId}::int, ${event.at}::timestamptz, ${details}::text::jsonb
      from fed
    )
    select pg_notify('kitchen', ${String(id)}) from fed`)
}
