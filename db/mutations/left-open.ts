import { v7 as uuidv7 } from 'uuid'
import type { RestaurantScope } from '@/domain/scope'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { cancelByKey } from './order-cancel'
import { applyMove, type MoveAnswer } from './wall-moves'

/** How a ticket that nobody bumped in time is put right: as it was in the kitchen. */
export type LeftOpenEnd = 'delivered' | 'cancelled'

/** Orders that could not be ended, such as one whose ingredients the restaurant may not sell below zero. */
export type SettledLeftOpen = { ended: number; refused: string[] }

const MOST_STEPS = 4

type Ender = RestaurantScope<'orders:place'> & RestaurantScope<'tickets:bump'>

/**
 * Ends tickets of days that are over, each by the steps that the wall would have taken: handed over, or cancelled and
 * acknowledged. One that somebody else moved meanwhile goes on from where it is; sent twice, it does no more than once.
 */
export async function settleLeftOpen(
  db: Db,
  scope: Ender,
  { orderIds, as, key }: { orderIds: readonly string[]; as: LeftOpenEnd; key: string },
): Promise<SettledLeftOpen> {
  const refused: string[] = []
  for (const orderId of orderIds) {
    const isEnded =
      as === 'delivered'
        ? await handOver(db, scope, orderId)
        : await cancel(db, scope, orderId, `${key} ${orderId}`)
    if (!isEnded) refused.push(orderId)
  }
  return { ended: orderIds.length - refused.length, refused }
}

async function handOver(db: Db, scope: RestaurantScope<'tickets:bump'>, orderId: string): Promise<boolean> {
  let from: OrderStatus = 'pending'
  // Of the first press one learns where the ticket is; each that follows moves it on.
  for (let step = 0; step <= MOST_STEPS + 1; step++) {
    const answer: MoveAnswer = await applyMove(db, scope, {
      id: uuidv7(),
      move: { do: 'bump', orderId, from },
    })
    const status: OrderStatus | null = 'status' in answer ? answer.status : null
    if (status === 'delivered') return true
    if (status === null || status === 'cancelled' || (!answer.ok && answer.reason !== 'already_moved'))
      return false
    from = status
  }
  return false
}

async function cancel(db: Db, scope: Ender, orderId: string, idempotencyKey: string): Promise<boolean> {
  const answer = await cancelByKey(db, scope, orderId, { idempotencyKey })
  const isCancelled = answer.ok || (answer.reason === 'too_late' && answer.status === 'cancelled')
  // The kitchen of that day is gone: nobody is left to be told.
  if (isCancelled) await applyMove(db, scope, { id: uuidv7(), move: { do: 'acknowledge', orderId } })
  return isCancelled
}
