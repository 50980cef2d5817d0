import { type SQL, sql } from 'drizzle-orm'
import { businessDate } from '@/domain/business-day'
import { canCancel, isCooking } from '@/domain/order'
import type { RestaurantScope } from '@/domain/scope'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { movePortions } from './countdowns'
import {
  type Answered,
  commitAndAnswer,
  type EarlierRequest,
  earlierRequest,
  keyedRequest,
  lockKey,
  type NotAnswered,
  replay,
} from './order-requests'
import { reverseForOrder, wasteForOrder } from './stock'
import { lockTicket, readTicket } from './ticket-read'
import { ticketWrite } from './ticket-write'
import { transact } from './transact'

type Placer = RestaurantScope<'orders:place'>

export type CancelledOrder =
  | Answered
  | NotAnswered
  | { ok: false; reason: 'not_found' }
  /** It was handed over, or cancelled before. */
  | { ok: false; reason: 'too_late'; status: OrderStatus }

/**
 * Cancels an order at any time before it is delivered, once for each idempotency key. Before cooking its ingredients go
 * back on the shelf and its portions into their countdown; once somebody cooks they are waste. A ticket that was fired
 * stays on the wall until somebody acknowledges it.
 */
export function cancelByKey(
  db: Db,
  scope: Placer,
  orderId: string,
  { idempotencyKey }: { idempotencyKey: string },
): Promise<CancelledOrder> {
  const request = keyedRequest(idempotencyKey, { do: 'cancel', orderId })
  return transact<CancelledOrder>(db, async (tx, refuse) => {
    if (!(await lockKey(tx, scope, request.key))) throw refuse({ ok: false, reason: 'still_running' })
    if (!(await lockTicket(tx, scope, orderId))) return { ok: false, reason: 'not_found' }
    const ticket = await readTicket<EarlierRequest>(tx, scope, orderId, earlierRequest(scope, request.key))
    const { earlier, status, now } = ticket
    if (earlier) return replay(earlier, request)
    if (!canCancel(status)) return { ok: false, reason: 'too_late', status }

    const { timeZone, dayCutoff } = scope.restaurant
    const move = { orderId, businessDate: businessDate(now, timeZone, dayCutoff) }
    if (isCooking(status)) await wasteForOrder(tx, scope, move)
    else {
      await movePortions(tx, scope, countedLines(scope, orderId))
      await reverseForOrder(tx, scope, move)
    }
    const cancelled = ticketWrite(tx, scope, orderId, {
      status: 'cancelled',
      items: [],
      unacknowledged: status === 'pending' ? null : { kind: 'cancelled' },
      events: [{ kind: 'cancelled', from: status, to: 'cancelled', details: null }],
    })
    return commitAndAnswer(tx, scope, orderId, request, 200, [cancelled])
  })
}

const countedLines = (scope: Placer, orderId: string): SQL => sql`
  select menu_item_id, -quantity as quantity from order_items
  where restaurant_id = ${scope.restaurant.id} and order_id = ${orderId}::uuid and from_countdown`
