import { kitchenQuantity } from './kitchen-quantity'
import { conversion, fromThousandths, type Quantity, toThousandths } from './quantity'
import type { Unit } from './vocabulary'

export const MOST_PORTIONS = 1000

export type Amount = { quantity: Quantity; unit: Unit }

/** How far off a portion may be after a batch was divided, as a part of it: less than hands and scales are. */
const MOST_OFF = { part: 1n, of: 100n }

/**
 * An amount for some portions as a card keeps it: for one portion, in the unit of the book, in thousandths. What is
 * written for one portion is kept to the last digit or refused as `too_fine`. A batch seldom divides evenly (1 kg for 3),
 * so its portion is rounded to the nearest thousandth, halves up; where that would be off by more than a hundredth, or
 * leave nothing, it is `too_fine` too. `isExact` says whether all portions together are the amount again.
 */
export function portionOf(
  { quantity, unit }: Amount,
  portions: number,
  bookUnit: Unit,
): { ok: true; quantity: Quantity; isExact: boolean } | { ok: false; reason: 'unit_mismatch' | 'too_fine' } {
  const ratio = conversion(unit, bookUnit)
  if (!ratio) return { ok: false, reason: 'unit_mismatch' }
  const all = toThousandths(quantity) * ratio.multiply
  const divisor = ratio.divide * BigInt(portions)
  const portion = (2n * all + divisor) / (2n * divisor)
  const off = distance(portion * divisor, all)
  if (off > 0n && (portions === 1 || off * MOST_OFF.of > all * MOST_OFF.part))
    return { ok: false, reason: 'too_fine' }
  return { ok: true, quantity: fromThousandths(portion), isExact: off === 0n }
}

const distance = (one: bigint, other: bigint): bigint => (one > other ? one - other : other - one)

/**
 * An amount for `from` portions as it is written for `to`: exactly what a card would keep of it, as a cook weighs it. An
 * amount that no card can keep is scaled in its own unit, rounded up, so that there is always something left to correct.
 */
export function scaledAmount(amount: Amount, from: number, to: number, bookUnit: Unit | null): Amount {
  if (from === to) return amount
  const portion = bookUnit === null ? null : portionOf(amount, from, bookUnit)
  if (bookUnit !== null && portion?.ok) return kitchenQuantity(portion.quantity, bookUnit, to)
  const thousandths = toThousandths(amount.quantity) * BigInt(to)
  const divisor = BigInt(from)
  return { ...amount, quantity: fromThousandths((thousandths + divisor - 1n) / divisor) }
}

/** The units in which an amount of something may be written that the book keeps in this one. */
export const unitsLike = (unit: Unit, units: readonly Unit[]): Unit[] =>
  units.filter((other) => conversion(other, unit) !== null)
