import { compareQuantities, convertQuantity, multiplyQuantity, type Quantity } from '@/domain/quantity'
import type { Unit } from '@/domain/vocabulary'

const SMALLER: Partial<Record<Unit, Unit>> = { kg: 'g', l: 'ml' }

/** So many portions of a quantity as a cook weighs them: what is less than a kilogram or a litre, in grams or millilitres. */
export function kitchenQuantity(
  quantity: Quantity,
  unit: Unit,
  portions: number,
): { quantity: Quantity; unit: Unit } {
  const all = multiplyQuantity(quantity, portions)
  const smaller = SMALLER[unit]
  const converted = smaller && compareQuantities(all, '1') < 0 ? convertQuantity(all, unit, smaller) : null
  return smaller && converted !== null ? { quantity: converted, unit: smaller } : { quantity: all, unit }
}
