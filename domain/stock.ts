import { type Quantity, toThousandths } from './quantity'

/** At or below the minimum is low: the alert comes with the last one left, not when it is gone. */
export const isLowStock = (onHand: Quantity, minimum: Quantity): boolean =>
  toThousandths(onHand) <= toThousandths(minimum)

/**
 * How many packs to buy: none while stock is above its minimum; otherwise the smallest whole number of packs that
 * brings on hand up to par. All in the ingredient's unit. Throws a RangeError for a pack of nothing.
 */
export function packsToBuy(stock: {
  onHand: Quantity
  minimum: Quantity
  par: Quantity
  packSize: Quantity
}): number {
  const pack = toThousandths(stock.packSize)
  if (pack <= 0n) throw new RangeError(`Not a pack size: ${JSON.stringify(stock.packSize)}`)
  if (!isLowStock(stock.onHand, stock.minimum)) return 0
  const missing = toThousandths(stock.par) - toThousandths(stock.onHand)
  return missing <= 0n ? 0 : Number((missing + pack - 1n) / pack)
}
