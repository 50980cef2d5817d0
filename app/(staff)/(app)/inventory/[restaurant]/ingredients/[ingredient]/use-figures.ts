import type { UseDay } from '@/db/queries/ingredient-use'
import { addQuantities, compareQuantities, type Quantity, subtractQuantities } from '@/domain/quantity'

/** What went on one day, or on several, in the unit: by recipe card, and what the cards don't explain. */
export type Use = {
  theoretical: Quantity
  wasted: Quantity
  /** What counts found missing, less what they found over. */
  missing: Quantity
  /** All of it. */
  actual: Quantity
}

/** Actual use is what was sold, what was written off, and what counts did not find. */
function dayUse({ consumed, wasted, counted }: Pick<UseDay, 'consumed' | 'wasted' | 'counted'>): Use {
  const missing = subtractQuantities('0', counted)
  return {
    theoretical: consumed,
    wasted,
    missing,
    actual: addQuantities(addQuantities(consumed, wasted), missing),
  }
}

export function totalUse(days: readonly UseDay[]): Use {
  const sum = (of: (day: UseDay) => Quantity) => days.map(of).reduce(addQuantities, '0')
  return dayUse({
    consumed: sum((day) => day.consumed),
    wasted: sum((day) => day.wasted),
    counted: sum((day) => day.counted),
  })
}

/** A day's bar from below: shares of the highest, for drawing only. */
export type UseBar = { theoretical: number; wasted: number; missing: number }

/** Of each day a bar, and what the highest says. What a count found over is no use, so it is not drawn. */
export function barsOf(days: readonly UseDay[]): { bars: UseBar[]; highest: Quantity } {
  const uses = days.map((day) => {
    const use = dayUse(day)
    const positive = (quantity: Quantity) => (compareQuantities(quantity, '0') > 0 ? quantity : '0')
    return { theoretical: positive(use.theoretical), wasted: use.wasted, missing: positive(use.missing) }
  })
  const heights = uses.map(({ theoretical, wasted, missing }) =>
    addQuantities(addQuantities(theoretical, wasted), missing),
  )
  const highest = heights.reduce((top, height) => (compareQuantities(height, top) > 0 ? height : top), '0')
  const share = (quantity: Quantity) => (highest === '0' ? 0 : Number(quantity) / Number(highest))
  return {
    bars: uses.map(({ theoretical, wasted, missing }) => ({
      theoretical: share(theoretical),
      wasted: share(wasted),
      missing: share(missing),
    })),
    highest,
  }
}
