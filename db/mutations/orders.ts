import { sql } from 'drizzle-orm'
import { businessDate } from '@/domain/business-day'
import { canCancel, isCooking } from '@/domain/order'
import type { RestaurantScope } from '@/domain/scope'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { reverseForOrder, wasteForOrder } from './stock'
import { lockTicket, readTicket } from './ticket-read'
import { writeTicket } from './ticket-write'

/** `from` is the status that the person saw: who acts on a ticket that has moved on meanwhile changes nothing. */
type TicketInput = { orderId: string; from: OrderStatus }

type Cancelled =
  | { ok: true; status: 'cancelled' }
  | { ok: false; reason: 'not_found' }
  /** Somebody was faster: `status` is where the ticket is now. */
  | { ok: false; reason: 'already_moved'; status: OrderStatus }
  /** No ticket in this status can be cancelled. */
  | { ok: false; reason: 'not_allowed'; status: OrderStatus }

/**
 * Cancels an order at any time before it is delivered. Before cooking its ingredients go back on the shelf; once
 * somebody cooks they are waste. Once fired, its ticket stays on the wall until somebody acknowledges it.
 */
export async function cancelOrder(
  db: Db,
  scope: RestaurantScope<'orders:place'>,
  { orderId, from }: TicketInput,
): Promise<Cancelled> {
  return db.transaction(async (tx): Promise<Cancelled> => {
    if (!(await lockTicket(tx, scope, orderId))) return { ok: false, reason: 'not_found' }
    const { status, now } = await readTicket(tx, scope, orderId, sql`null::json`)
    if (status !== from) return { ok: false, reason: 'already_moved', status }
    if (!canCancel(status)) return { ok: false, reason: 'not_allowed', status }
    const { timeZone, dayCutoff } = scope.restaurant
    const move = { orderId, businessDate: businessDate(now, timeZone, dayCutoff) }
    if (isCooking(status)) await wasteForOrder(tx, scope, move)
    else await reverseForOrder(tx, scope, move)
    await writeTicket(tx, scope, orderId, {
      ok: true,
      status: 'cancelled',
      items: [],
      unacknowledged: status === 'pending' ? null : { kind: 'cancelled' },
      events: [{ kind: 'cancelled', from: status, to: 'cancelled', details: null }],
    })
    return { ok: true, status: 'cancelled' }
  })
}
