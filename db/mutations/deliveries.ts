import { sql } from 'drizzle-orm'
import { canReceivePurchase } from '@/domain/purchase'
import type { RestaurantScope } from '@/domain/scope'
import type { DeliveryInput } from '@/domain/stock-input'
import type { PurchaseStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { holdLevels, lockPurchase } from './purchase-lock'
import { updateForecasts } from './stock-alert-state'
import { postMovements, stockDay } from './stock-ledger'
import { transact } from './transact'

type Scope = RestaurantScope<'stock:write'>

/** What came at another price than it was ordered at; cents for one unit, numeric strings. */
type PriceDifference = { ingredientId: number; name: string; ordered: string; paid: string }

export type Received =
  | {
      ok: true
      status: PurchaseStatus
      differences: PriceDifference[]
      /** It was received before, under the same id; nothing happened now. */
      replayed: boolean
    }
  | { ok: false; reason: 'not_found' | 'unknown_line' | 'nothing_received' | 'id_reused' }
  /** It is a draft, or nothing more is expected of it. */
  | { ok: false; reason: 'not_open'; status: PurchaseStatus }

/**
 * Takes in what came for an order, once for each id: in full, in part, or more than was ordered. What did not come stays
 * on order or is given up, as `rest` says; an order of which nothing ever came is then cancelled, and one of which
 * something is missing closed short. Prices are kept as they were paid, beside those that were ordered at; the chain's
 * own price of an ingredient stays until somebody takes a paid one over.
 */
export function receiveDelivery(db: Db, scope: Scope, input: DeliveryInput): Promise<Received> {
  const { id: restaurantId } = scope.restaurant
  const { id, orderId } = input
  const came = input.lines.filter(({ quantity }) => quantity !== '0')
  return transact<Received>(db, async (tx, refuse) => {
    const order = await lockPurchase(tx, scope, orderId)
    if (!order) return { ok: false, reason: 'not_found' }
    const [earlier] = await tx.execute<{ orderId: string }>(sql`
      select order_id as "orderId" from deliveries where restaurant_id = ${restaurantId} and id = ${id}::uuid`)
    if (earlier) {
      if (earlier.orderId !== orderId) return { ok: false, reason: 'id_reused' }
      return {
        ok: true,
        status: order.status,
        differences: await differencesOf(tx, scope, id),
        replayed: true,
      }
    }
    if (!canReceivePurchase(order.status)) return { ok: false, reason: 'not_open', status: order.status }
    if (came.length === 0 && input.rest === 'wait') return { ok: false, reason: 'nothing_received' }
    const today = await stockDay(tx, scope.restaurant)
    const inserted = await tx.execute(sql`
      insert into deliveries (restaurant_id, id, order_id, reference, note, business_date, received_by)
      values (${restaurantId}, ${id}::uuid, ${orderId}::uuid, ${input.reference}, ${input.note}, ${today}::date,
        ${scope.actor.userId}::int)
      on conflict (restaurant_id, id) do nothing returning 1`)
    // Of two orders that got the same id at the same moment the other one was first.
    if (inserted.length === 0) throw refuse({ ok: false, reason: 'id_reused' })
    const ingredientIds = await holdLevels(tx, scope, orderId)
    if (!(await addLines(tx, scope, input, came))) throw refuse({ ok: false, reason: 'unknown_line' })
    const status = await settle(tx, scope, input)
    await postMovements(
      tx,
      { userId: scope.actor.userId, orderId: null, documentId: id, note: input.reference },
      sql`select restaurant_id, ingredient_id, 'received' as kind, quantity, ${today}::date as business_date
        from delivery_lines where restaurant_id = ${restaurantId} and delivery_id = ${id}::uuid`,
    )
    await updateForecasts(tx, { restaurantId, today }, ingredientIds)
    return { ok: true, status, differences: await differencesOf(tx, scope, id), replayed: false }
  })
}

/** Writes what came beside what was ordered. False: something came that the order does not have, or came twice. */
async function addLines(
  tx: Db,
  scope: Scope,
  { id, orderId }: DeliveryInput,
  came: DeliveryInput['lines'],
): Promise<boolean> {
  const { id: restaurantId } = scope.restaurant
  if (new Set(came.map(({ ingredientId }) => ingredientId)).size < came.length) return false
  const stored = await tx.execute(sql`
    with came as (
      select * from json_to_recordset(${JSON.stringify(came)}::text::json)
        as g ("ingredientId" int, quantity numeric, "unitPrice" numeric)
    ), counted as (
      update purchase_order_lines l set received = l.received + came.quantity
      from came
      where l.restaurant_id = ${restaurantId} and l.order_id = ${orderId}::uuid
        and l.ingredient_id = came."ingredientId"
      returning l.ingredient_id, l.unit_price
    )
    insert into delivery_lines (restaurant_id, delivery_id, ingredient_id, quantity, unit_price, ordered_price)
    select ${restaurantId}::int, ${id}::uuid, came."ingredientId", came.quantity, came."unitPrice", counted.unit_price
    from came join counted on counted.ingredient_id = came."ingredientId"
    order by came."ingredientId"
    returning 1`)
  return stored.length === came.length
}

/** What is all there, or given up, is done; and so is the order once every line of it is. */
async function settle(tx: Db, scope: Scope, { orderId, rest }: DeliveryInput): Promise<PurchaseStatus> {
  const order = sql`restaurant_id = ${scope.restaurant.id} and order_id = ${orderId}::uuid`
  await tx.execute(sql`
    update purchase_order_lines set status = 'done'
    where ${order} and status = 'open' and (received >= packs * pack_size or ${rest === 'close'}::boolean)`)
  const [row] = await tx.execute<{ status: PurchaseStatus }>(sql`
    with line as (
      select bool_or(status = 'open') as waits, bool_or(received > 0) as began,
        bool_and(received >= packs * pack_size) as complete
      from purchase_order_lines where ${order}
    ), reached as (
      select case when waits then case when began then 'partly_received' else 'sent' end
        when complete then 'received' when began then 'closed_short' else 'cancelled' end as status
      from line
    )
    update purchase_orders o set status = reached.status,
      closed_at = case when reached.status in ('received', 'closed_short', 'cancelled') then now() end,
      closed_by = case when reached.status in ('received', 'closed_short', 'cancelled') then ${scope.actor.userId}::int end
    from reached
    where o.restaurant_id = ${scope.restaurant.id} and o.id = ${orderId}::uuid
    returning o.status`)
  if (!row) throw new Error('A locked order is gone.')
  return row.status
}

async function differencesOf(tx: Db, scope: Scope, deliveryId: string): Promise<PriceDifference[]> {
  return tx.execute<PriceDifference>(sql`
    select l.ingredient_id as "ingredientId", i.name, trim_scale(l.ordered_price) as ordered,
      trim_scale(l.unit_price) as paid
    from delivery_lines l join ingredients i on i.id = l.ingredient_id
    where l.restaurant_id = ${scope.restaurant.id} and l.delivery_id = ${deliveryId}::uuid
      and l.unit_price <> l.ordered_price
    order by i.name`)
}
