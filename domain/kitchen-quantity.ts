import { compareQuantities, convertQuantity, multiplyQuantity, type Quantity } from './quantity'
import type { Unit } from './vocabulary'

const SMALLER: Partial<Record<Unit, Unit>> = { kg: 'g', l: 'ml' }
const LARGER: Partial<Record<Unit, Unit>> = { g: 'kg', ml: 'l' }

/**
 * So many portions of a quantity as a cook weighs them: what is less than a kilogram or a litre in grams or millilitres,
 * and the other way round. Exact: 1,000.5 g stay grams, since they would need a fourth decimal as kilograms.
 */
export function kitchenQuantity(
  quantity: Quantity,
  unit: Unit,
  portions: number,
): { quantity: Quantity; unit: Unit } {
  const all = multiplyQuantity(quantity, portions)
  const handier = handierUnit(all, unit)
  const converted = handier && convertQuantity(all, unit, handier)
  return handier && converted ? { quantity: converted, unit: handier } : { quantity: all, unit }
}

function handierUnit(quantity: Quantity, unit: Unit): Unit | undefined {
  if (compareQuantities(quantity, '1') < 0) return SMALLER[unit]
  if (compareQuantities(quantity, '1000') >= 0) return LARGER[unit]
  return undefined
}
