import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MOST_PRICE } from './menu-item'
import { changedPrice, PRICE_ENDINGS, type PriceChange } from './price-change'

const percent = (of: number, ending: PriceChange['ending'] = 'exact'): PriceChange => ({
  by: { basisPoints: Math.round(of * 100) },
  ending,
})
const amount = (cents: number, ending: PriceChange['ending'] = 'exact'): PriceChange => ({
  by: { cents },
  ending,
})

describe('a changed price', () => {
  test.each([
    [1250, percent(10), 1375],
    [1250, percent(-10), 1125],
    // 5 % of 12.50 is 62.5 cents: half a cent goes up.
    [1250, percent(5), 1313],
    [1250, percent(-5), 1188],
    [1250, percent(10, '90'), 1390],
    [1250, percent(10, '00'), 1400],
    [1250, percent(10, '50'), 1350],
    [1400, amount(50, '00'), 1500],
    [1400, amount(50, '90'), 1490],
    [60, amount(-30, '90'), 60],
    [60, amount(-30, '00'), 0],
    // To the nearest .90 these would get cheaper and dearer.
    [1200, percent(1, '90'), 1290],
    [1180, percent(-1, '90'), 1090],
    // Less than half a cent: it stays, and must not become the next .90 above.
    [120, percent(-0.25, '90'), 90],
    [0, amount(500), 0],
    [300, amount(-400), null],
    [MOST_PRICE, amount(1), null],
    [MOST_PRICE - 5, amount(1, '90'), null],
  ])('of %d by %o is %s', (cents, change, price) => {
    expect(changedPrice(cents, change)).toBe(price)
  })

  const cents = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: MOST_PRICE }))
  const change = fc.record<PriceChange>({
    by: fc.oneof(
      fc.record({ cents: fc.integer({ min: -1000, max: 1000 }) }),
      fc.record({ cents: fc.integer({ min: -MOST_PRICE, max: MOST_PRICE }) }),
      fc.record({ basisPoints: fc.integer({ min: -10_000, max: 100_000 }) }),
    ),
    ending: fc.constantFrom(...PRICE_ENDINGS),
  })
  const raises = ({ by }: PriceChange) => ('cents' in by ? by.cents : by.basisPoints) >= 0

  test('is a whole number of cents that a dish may cost, and goes the way that was asked for', () => {
    fc.assert(
      fc.property(cents, change, (before, asked) => {
        const after = changedPrice(before, asked)
        if (after === null) return
        expect(Number.isInteger(after) && after >= 0 && after <= MOST_PRICE).toBe(true)
        if (raises(asked)) expect(after).toBeGreaterThanOrEqual(before)
        else expect(after).toBeLessThanOrEqual(before)
      }),
    )
  })

  test('ends as asked for, less than one unit from the exact one, unless there is no such price', () => {
    fc.assert(
      fc.property(cents, change, (before, asked) => {
        const after = changedPrice(before, asked)
        const exact = changedPrice(before, { ...asked, ending: 'exact' })
        if (asked.ending === 'exact' || after === null || exact === null || after === before) return
        expect(after % 100).toBe(Number(asked.ending))
        expect(Math.abs(after - exact)).toBeLessThan(100)
      }),
    )
  })

  test('keeps the order of prices', () => {
    fc.assert(
      fc.property(cents, cents, change, (one, other, asked) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        const [lower, higher] = [changedPrice(low, asked), changedPrice(high, asked)]
        if (lower !== null && higher !== null) expect(lower).toBeLessThanOrEqual(higher)
      }),
    )
  })
})
