import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Database } from '../client'
import type { KitchenScope } from './kitchen'

/** An order as it ended: `cancelled` was never fired, `wasted` was ready when it was cancelled. */
export type PastOrder = {
  date: string
  createdAt: Date
  end: 'pending' | 'confirmed' | 'preparing' | 'ready' | 'delivered' | 'cancelled' | 'wasted'
  prepSeconds: number
  lines: { dish: number; quantity: number; unitPrice: number }[]
}

let placed = 0

/** Writes an order of the past with the times that its end asks for, and one event. Returns its id. */
export async function addPastOrder(db: Database, scope: KitchenScope, order: PastOrder): Promise<string> {
  const { id: restaurantId } = scope.restaurant
  const id = uuidv7({ msecs: order.createdAt.getTime() })
  const number = `ORD${order.date.replaceAll('-', '')}${String(++placed).padStart(8, '0')}`
  const fired = !['pending', 'cancelled'].includes(order.end)
  const cooked = ['ready', 'delivered', 'wasted'].includes(order.end)
  const cancelled = order.end === 'cancelled' || order.end === 'wasted'
  const status: OrderStatus = order.end === 'wasted' ? 'cancelled' : order.end
  const confirmedAt = order.createdAt.getTime() + 30_000
  const at = (happened: boolean, msecs: number) => (happened ? new Date(msecs).toISOString() : null)
  const readyAt = confirmedAt + order.prepSeconds * 1000
  const total = order.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0)
  await db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into orders (restaurant_id, id, order_number, business_date, call_number, status, channel, total,
        created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at)
      values (${restaurantId}, ${id}, ${number}, ${order.date}, ${placed}, ${status}, 'dine_in', ${total},
        ${order.createdAt.toISOString()}, ${at(fired, confirmedAt)}, ${at(cooked || order.end === 'preparing', confirmedAt)},
        ${at(cooked, readyAt)}, ${at(order.end === 'delivered', readyAt)}, ${at(cancelled, readyAt)})`)
    for (const [index, { dish, quantity, unitPrice }] of order.lines.entries()) {
      await tx.execute(sql`
        insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price)
        values (${restaurantId}, ${id}, ${index + 1}, ${dish}, 'Dish', ${quantity}, ${unitPrice})`)
    }
    // Before the first number of the feed, where nothing else is and which everybody has heard of.
    await tx.execute(sql`
      insert into order_events (restaurant_id, seq, order_id, kind, to_status)
      values (${restaurantId}, ${-placed}, ${id}, 'placed', 'pending')`)
    await tx.execute(sql`
      insert into order_requests (restaurant_id, idempotency_key, body_hash, order_id, response)
      values (${restaurantId}, ${`past-${placed}`}, '', ${id}, '{}')`)
  })
  return id
}
