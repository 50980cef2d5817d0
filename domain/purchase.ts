import { addDays, type BusinessDate } from './business-day'
import { type Quantity, toThousandths } from './quantity'
import type { PurchaseStatus } from './vocabulary'

/** What may be done to a purchase order in a status. Lines change while it is a draft; what is sent is the supplier's. */
export const canEditPurchase = (status: PurchaseStatus): boolean => status === 'draft'
export const canReceivePurchase = (status: PurchaseStatus): boolean =>
  status === 'sent' || status === 'partly_received'
/** Closing short gives up what has not come; where nothing has, that is a cancellation. */
export const canClosePurchase = (status: PurchaseStatus): boolean => status === 'partly_received'
export const canCancelPurchase = (status: PurchaseStatus): boolean => status === 'draft' || status === 'sent'

type Supplier = {
  /** 1 Monday to 7 Sunday. */
  orderDays: readonly number[]
  leadTimeDays: number
}

/** 1 Monday to 7 Sunday (ISO 8601). Throws a RangeError for anything but `YYYY-MM-DD`. */
export const weekdayOf = (date: BusinessDate): number =>
  new Date(`${addDays(date, 0)}T00:00:00Z`).getUTCDay() || 7

/**
 * When goods that are ordered on `today` or, where the supplier takes no orders then, on the next day on which it does,
 * come: so many calendar days later. One without order days takes orders every day.
 */
export function nextDelivery(today: BusinessDate, { orderDays, leadTimeDays }: Supplier): BusinessDate {
  const weekday = weekdayOf(today)
  const waits = orderDays.map((day) => (day - weekday + 7) % 7)
  return addDays(today, Math.min(...(waits.length > 0 ? waits : [0])) + leadTimeDays)
}

/**
 * How many packs to order of an ingredient, all quantities in its unit: what is missing to par beyond what is on hand
 * and on order. At or below its minimum (counting what is on order) up to whole packs, so that it comes to par at
 * least; above it down, so that nothing is bought in advance that par has no room for. Throws a RangeError for a pack
 * of nothing.
 */
export function packsToOrder(stock: {
  onHand: Quantity
  onOrder: Quantity
  minimum: Quantity
  par: Quantity
  packSize: Quantity
}): number {
  const pack = toThousandths(stock.packSize)
  if (pack <= 0n) throw new RangeError(`Not a pack size: ${JSON.stringify(stock.packSize)}`)
  const position = toThousandths(stock.onHand) + toThousandths(stock.onOrder)
  const missing = toThousandths(stock.par) - position
  if (missing <= 0n) return 0
  const isLow = position <= toThousandths(stock.minimum)
  return Number((missing + (isLow ? pack - 1n : 0n)) / pack)
}

/**
 * What packs cost, in whole cents, half a cent rounded up, as the database rounds each line of an order. `packSize` in
 * the ingredient's unit, `unitPrice` in cents for one unit with four decimals at most.
 */
export function packsCost(packs: number, packSize: Quantity, unitPrice: string): number {
  const [whole = '0', decimals = ''] = unitPrice.split('.')
  const price = BigInt(whole + decimals.padEnd(4, '0'))
  const PARTS = 10_000_000n
  return Number((BigInt(packs) * toThousandths(packSize) * price + PARTS / 2n) / PARTS)
}
