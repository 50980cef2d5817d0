import type { BusinessDate } from './business-day'
import { OPEN_STATUSES, type OrderStatus } from './vocabulary'

type BumpedTo = Exclude<OrderStatus, 'pending' | 'cancelled'>

/** What each bump does. Delivered and cancelled tickets have left the kitchen. */
const NEXT: Record<OrderStatus, BumpedTo | null> = {
  pending: 'confirmed',
  confirmed: 'preparing',
  preparing: 'ready',
  ready: 'delivered',
  delivered: null,
  cancelled: null,
}

/** The status that a bump leads to, or null where a ticket can't be bumped. */
export const nextStatus = (status: OrderStatus): BumpedTo | null => NEXT[status]

/** Whether the ticket is still on the wall. */
export const isOpen = (status: OrderStatus): boolean =>
  (OPEN_STATUSES as readonly OrderStatus[]).includes(status)

/** Any ticket may be cancelled until it is delivered. */
export const canCancel = (status: OrderStatus): boolean => isOpen(status)

/** Lines may be added, changed and removed until all of them are ready to be handed over. */
export const canChange = (status: OrderStatus): boolean =>
  status === 'pending' || status === 'confirmed' || status === 'preparing'

/** Where a mistaken bump can be taken back to `preparing`: the food was, or seemed, finished. */
export const canRecall = (status: OrderStatus): boolean => status === 'ready' || status === 'delivered'

/** Cancelled before anybody cooked, the ingredients go back on the shelf; later they are waste. */
export const isCooking = (status: OrderStatus): boolean => status === 'preparing' || status === 'ready'

/** Every allowed step of the state machine: bumps, cancels and recalls. */
export function canMove(from: OrderStatus, to: OrderStatus): boolean {
  if (to === 'cancelled') return canCancel(from)
  if (to === 'preparing' && canRecall(from)) return true
  return nextStatus(from) === to
}

/**
 * `ORD`, the business date as `YYYYMMDD`, eight characters of `0-9A-Z`: unique in its restaurant. Throws a RangeError
 * where a part is malformed.
 */
export function makeOrderNumber(businessDate: BusinessDate, random8: string): string {
  const day = businessDate.replaceAll('-', '')
  if (!/^\d{8}$/.test(day)) throw new RangeError(`Not a business date: ${JSON.stringify(businessDate)}`)
  if (!/^[0-9A-Z]{8}$/.test(random8)) throw new RangeError(`Not eight characters: ${JSON.stringify(random8)}`)
  return `ORD${day}${random8}`
}
