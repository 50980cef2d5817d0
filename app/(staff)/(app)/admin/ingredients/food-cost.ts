import type { AffectedDish } from '@/db/queries/ingredients'

/**
 * Food cost in percent of the price: (other ingredients + quantity × unit price) / price. Null for a dish that is given
 * away. Cents and percent are shown rounded to a tenth, so floating point is exact enough here; nothing of it is stored.
 */
export function foodCostPercent(
  { price, quantity, otherCost }: Pick<AffectedDish, 'price' | 'quantity' | 'otherCost'>,
  unitPrice: string,
): number | null {
  if (price === 0) return null
  return (100 * (Number(otherCost) + Number(quantity) * Number(unitPrice))) / price
}
