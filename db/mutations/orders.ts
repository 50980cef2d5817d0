import { type SQL, sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import { businessDate } from '@/domain/business-day'
import { canMove, canRecall, isCooking, nextStatus } from '@/domain/order'
import type { RestaurantScope } from '@/domain/scope'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { recordOrderEvent } from './feed'
import {
  consumeForOrder,
  reverseForOrder,
  type Shortage,
  type StockMove,
  shortageDetails,
  wasteForOrder,
} from './stock'
import { transact } from './transact'

/** `from` is the status that the person saw: who acts on a ticket that has moved on meanwhile changes nothing. */
export type TicketInput = { orderId: string; from: OrderStatus }

type Moved = { ok: true; status: OrderStatus }
type NotMoved =
  | { ok: false; reason: 'not_found' }
  /** Somebody was faster: `status` is where the ticket is now. */
  | { ok: false; reason: 'already_moved'; status: OrderStatus }
  /** No ticket in this status can be treated so. */
  | { ok: false; reason: 'not_allowed'; status: OrderStatus }
type OutOfStock = { ok: false; reason: 'out_of_stock'; ingredients: Shortage[] }

/**
 * Moves a ticket on: pending → confirmed → preparing → ready → delivered. Confirming takes its ingredients off the
 * stock; a restaurant that refuses what stock can't cover gets `out_of_stock`, and the ticket stays pending.
 */
export async function bumpTicket(
  db: Db,
  scope: RestaurantScope<'tickets:bump'>,
  { orderId, from }: TicketInput,
): Promise<Moved | NotMoved | OutOfStock> {
  const to = nextStatus(from)
  if (!to) return { ok: false, reason: 'not_allowed', status: from }
  return transact<Moved | NotMoved | OutOfStock>(db, async (tx, refuse) => {
    const move = await moveOrder(tx, scope, orderId, from, to)
    if (!move.ok) return move
    const short = to === 'confirmed' ? await consumeForOrder(tx, scope, move, linesOf(scope, orderId)) : []
    if (short.length > 0 && scope.restaurant.stockPolicy === 'refuse') {
      throw refuse({ ok: false, reason: 'out_of_stock', ingredients: short })
    }
    await recordOrderEvent(tx, scope, { ...move, kind: to, details: shortageDetails(short) })
    return { ok: true, status: to }
  })
}

/**
 * Takes a ticket off the wall for good, at any time before it is delivered. Before cooking its ingredients go back on
 * the shelf; once somebody cooks they are waste.
 */
export async function cancelOrder(
  db: Db,
  scope: RestaurantScope<'tickets:bump'>,
  { orderId, from }: TicketInput,
): Promise<Moved | NotMoved> {
  if (!canMove(from, 'cancelled')) return { ok: false, reason: 'not_allowed', status: from }
  return db.transaction(async (tx) => {
    const move = await moveOrder(tx, scope, orderId, from, 'cancelled')
    if (!move.ok) return move
    if (isCooking(from)) await wasteForOrder(tx, scope, move)
    else await reverseForOrder(tx, scope, move)
    await recordOrderEvent(tx, scope, { ...move, kind: 'cancelled', details: null })
    return { ok: true, status: 'cancelled' }
  })
}

/**
 * Takes a mistaken bump back: a ready or delivered ticket is being prepared again. Its clock runs on from when it was
 * fired, as if it had never been ready; its ingredients were used once and stay used.
 */
export async function recallTicket(
  db: Db,
  scope: RestaurantScope<'tickets:bump'>,
  { orderId, from }: TicketInput,
): Promise<Moved | NotMoved> {
  if (!canRecall(from)) return { ok: false, reason: 'not_allowed', status: from }
  return db.transaction(async (tx) => {
    const move = await moveOrder(tx, scope, orderId, from, 'preparing')
    if (!move.ok) return move
    await recordOrderEvent(tx, scope, { ...move, kind: 'recalled', details: null })
    return { ok: true, status: 'preparing' }
  })
}

const linesOf = (scope: RestaurantScope, orderId: string): SQL => sql`
  select menu_item_id, quantity from order_items
  where restaurant_id = ${scope.restaurant.id} and order_id = ${orderId}::uuid`

/**
 * What a step writes, and its time. `clock_timestamp()`, not `now()`: a transaction that began earlier but waited for
 * the row would else write a time before that of the step it follows.
 */
function stepTimes(from: OrderStatus, to: OrderStatus): { set: SQL; at: SQL } {
  const now = sql`clock_timestamp()`
  if (canRecall(from) && to === 'preparing')
    return { set: sql`ready_at = null, delivered_at = null`, at: now }
  const column = sql.identifier(`${to}_at`)
  return { set: sql`${column} = ${now}`, at: sql`${column}` }
}

type OrderMove = { ok: true; from: OrderStatus; to: OrderStatus; at: string } & StockMove

/** The guarded statement that settles every race: the status is what the caller saw, or nothing happens. */
async function moveOrder(
  tx: Db,
  scope: RestaurantScope,
  orderId: string,
  from: OrderStatus,
  to: OrderStatus,
): Promise<OrderMove | NotMoved> {
  if (!isUuid(orderId)) return { ok: false, reason: 'not_found' }
  const { id: restaurantId, timeZone, dayCutoff } = scope.restaurant
  const { set, at } = stepTimes(from, to)
  const [moved] = await tx.execute<{ at: string }>(sql`
    update orders set status = ${to}, ${set}
    where restaurant_id = ${restaurantId} and id = ${orderId}::uuid and status = ${from}
    returning to_json(${at}) as at`)
  if (moved) {
    return {
      ok: true,
      orderId,
      from,
      to,
      at: moved.at,
      businessDate: businessDate(new Date(moved.at), timeZone, dayCutoff),
    }
  }
  const [order] = await tx.execute<{ status: OrderStatus }>(sql`
    select status from orders where restaurant_id = ${restaurantId} and id = ${orderId}::uuid`)
  return order
    ? { ok: false, reason: 'already_moved', status: order.status }
    : { ok: false, reason: 'not_found' }
}
