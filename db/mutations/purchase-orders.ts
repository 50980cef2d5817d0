import { sql } from 'drizzle-orm'
import { canCancelPurchase, canClosePurchase, nextDelivery } from '@/domain/purchase'
import type { RestaurantScope } from '@/domain/scope'
import type { PurchaseStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { holdLevels, lockPurchase } from './purchase-lock'
import { updateForecasts } from './stock-alert-state'
import { stockDay } from './stock-ledger'

type Scope = RestaurantScope<'stock:write'>

export type SentPurchase =
  /** `expectedOn`: the date on which it should come. */
  | { ok: true; expectedOn: string }
  | { ok: false; reason: 'not_found' | 'nothing_ordered' }
  | { ok: false; reason: 'not_draft'; status: PurchaseStatus }
  | { ok: false; reason: 'changed_meanwhile'; version: number }
  /** Cents: what the supplier asks for at least and what it comes to. Send it with `acceptsLess` all the same. */
  | { ok: false; reason: 'below_minimum'; minimumOrder: number; cost: number }

/**
 * Sends a draft as it is in `version`: from now on it is on order. Sent again, it gives the same answer. When it should
 * come follows from the supplier's order days and lead time.
 */
export function sendPurchaseOrder(
  db: Db,
  scope: Scope,
  { orderId, version, acceptsLess }: { orderId: string; version: number; acceptsLess: boolean },
): Promise<SentPurchase> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx): Promise<SentPurchase> => {
    const order = await lockPurchase(tx, scope, orderId)
    if (!order) return { ok: false, reason: 'not_found' }
    if (order.version !== version) return { ok: false, reason: 'changed_meanwhile', version: order.version }
    if (order.status === 'sent' && order.expectedOn) return { ok: true, expectedOn: order.expectedOn }
    if (order.status !== 'draft') return { ok: false, reason: 'not_draft', status: order.status }
    const { lines, cost } = await weigh(tx, scope, orderId)
    if (lines === 0) return { ok: false, reason: 'nothing_ordered' }
    const { minimumOrder } = order.supplier
    if (minimumOrder !== null && cost < minimumOrder && !acceptsLess)
      return { ok: false, reason: 'below_minimum', minimumOrder, cost }
    const today = await stockDay(tx, scope.restaurant)
    const expectedOn = nextDelivery(today, order.supplier)
    const ingredientIds = await holdLevels(tx, scope, orderId)
    await tx.execute(sql`
      with sent as (
        update purchase_orders set status = 'sent', sent_at = now(), sent_by = ${scope.actor.userId}::int,
          expected_on = ${expectedOn}::date
        where restaurant_id = ${restaurantId} and id = ${orderId}::uuid
      )
      update purchase_order_lines set status = case when packs > 0 then 'open' else 'done' end
      where restaurant_id = ${restaurantId} and order_id = ${orderId}::uuid`)
    await updateForecasts(tx, { restaurantId, today }, ingredientIds)
    return { ok: true, expectedOn }
  })
}

/** How many lines order something, and what they come to in cents, each rounded as it is printed. */
async function weigh(tx: Db, scope: Scope, orderId: string): Promise<{ lines: number; cost: number }> {
  const [row] = await tx.execute<{ lines: number; cost: string }>(sql`
    select count(*)::int as lines, coalesce(sum(round(packs * pack_size * unit_price)), 0) as cost
    from purchase_order_lines
    where restaurant_id = ${scope.restaurant.id} and order_id = ${orderId}::uuid and packs > 0`)
  return { lines: row?.lines ?? 0, cost: Number(row?.cost ?? 0) }
}

export type ClosedPurchase =
  | { ok: true }
  | { ok: false; reason: 'not_found' }
  | { ok: false; reason: 'too_late'; status: PurchaseStatus }

/** Cancels a draft, or an order of which nothing has come. Cancelled already is no error. */
export const cancelPurchaseOrder = (db: Db, scope: Scope, { orderId }: { orderId: string }) =>
  closeOrder(db, scope, orderId, 'cancelled', canCancelPurchase)

/** Gives up what has not come of an order of which something has. Closed already is no error. */
export const closePurchaseOrder = (db: Db, scope: Scope, { orderId }: { orderId: string }) =>
  closeOrder(db, scope, orderId, 'closed_short', canClosePurchase)

function closeOrder(
  db: Db,
  scope: Scope,
  orderId: string,
  to: PurchaseStatus,
  may: (status: PurchaseStatus) => boolean,
): Promise<ClosedPurchase> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx): Promise<ClosedPurchase> => {
    const order = await lockPurchase(tx, scope, orderId)
    if (!order) return { ok: false, reason: 'not_found' }
    if (order.status === to) return { ok: true }
    if (!may(order.status)) return { ok: false, reason: 'too_late', status: order.status }
    const ingredientIds = await holdLevels(tx, scope, orderId)
    await tx.execute(sql`
      with closed as (
        update purchase_orders set status = ${to}, closed_at = now(), closed_by = ${scope.actor.userId}::int
        where restaurant_id = ${restaurantId} and id = ${orderId}::uuid
      )
      update purchase_order_lines set status = 'done'
      where restaurant_id = ${restaurantId} and order_id = ${orderId}::uuid and status <> 'done'`)
    await updateForecasts(tx, { restaurantId, today: await stockDay(tx, scope.restaurant) }, ingredientIds)
    return { ok: true }
  })
}
