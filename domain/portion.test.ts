import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kitchenQuantity } from './kitchen-quantity'
import { portionOf, scaledAmount, unitsLike } from './portion'
import { conversion, fromThousandths, toThousandths } from './quantity'
import { UNITS, type Unit } from './vocabulary'

const quantities = fc.bigInt({ min: 1n, max: 1_000_000_000n }).map(fromThousandths)
const portions = fc.integer({ min: 1, max: 1000 })
const units = fc.constantFrom<Unit>(...UNITS)

describe('what a card keeps of an amount', () => {
  test.each([
    ['200', 'g', 1, 'kg', { ok: true, quantity: '0.2', isExact: true }],
    ['0.5', 'g', 1, 'kg', { ok: false, reason: 'too_fine' }],
    ['1000.5', 'g', 1, 'kg', { ok: false, reason: 'too_fine' }],
    ['5', 'g', 10, 'kg', { ok: false, reason: 'too_fine' }],
    ['1', 'kg', 3, 'kg', { ok: true, quantity: '0.333', isExact: false }],
    ['2', 'l', 3, 'l', { ok: true, quantity: '0.667', isExact: false }],
    ['1.2', 'kg', 50, 'kg', { ok: true, quantity: '0.024', isExact: true }],
    ['1', 'pcs', 4, 'pcs', { ok: true, quantity: '0.25', isExact: true }],
    ['1', 'l', 1, 'kg', { ok: false, reason: 'unit_mismatch' }],
    ['1', 'cups', 1, 'ml', { ok: false, reason: 'unit_mismatch' }],
  ] as const)('%s %s for %i portions of something kept in %s', (quantity, unit, count, book, kept) => {
    expect(portionOf({ quantity, unit }, count, book)).toEqual(kept)
  })

  test('is never nothing, is exact for one portion, and together is off by a hundredth at most', () => {
    fc.assert(
      fc.property(quantities, units, portions, units, (quantity, unit, count, book) => {
        const kept = portionOf({ quantity, unit }, count, book)
        if (!kept.ok) return
        const ratio = conversion(unit, book) ?? expect.fail()
        const asked = toThousandths(quantity) * ratio.multiply
        const together = toThousandths(kept.quantity) * BigInt(count) * ratio.divide
        expect(together).toBeGreaterThan(0n)
        expect(kept.isExact).toBe(together === asked)
        if (count === 1) expect(together).toBe(asked)
        const off = together > asked ? together - asked : asked - together
        expect(off * 100n).toBeLessThanOrEqual(asked)
        // Never further than to the next thousandth, either.
        expect(off * 2n).toBeLessThanOrEqual(BigInt(count) * ratio.divide)
      }),
    )
  })
})

describe('an amount for other portions', () => {
  test('of a card is kept as the very same card again, whatever it was scaled to', () => {
    fc.assert(
      fc.property(quantities, units, portions, portions, (quantity, unit, count, other) => {
        const shown = kitchenQuantity(quantity, unit, count)
        const scaled = scaledAmount(shown, count, other, unit)
        expect(portionOf(scaled, other, unit)).toEqual({ ok: true, quantity, isExact: true })
      }),
    )
  })

  test('is never nothing, and more portions never take less', () => {
    fc.assert(
      fc.property(quantities, units, portions, fc.option(units), (quantity, unit, from, book) => {
        const more = scaledAmount({ quantity, unit }, from, from + 1, book)
        expect(toThousandths(more.quantity)).toBeGreaterThan(0n)
        const less = scaledAmount({ quantity, unit }, from + 1, from, book)
        expect(toThousandths(less.quantity)).toBeGreaterThan(0n)
        const ratio = conversion(more.unit, less.unit)
        if (ratio)
          expect(toThousandths(more.quantity) * ratio.multiply).toBeGreaterThanOrEqual(
            toThousandths(less.quantity) * ratio.divide,
          )
      }),
    )
  })

  test('that no card can keep stays in its unit', () => {
    expect(scaledAmount({ quantity: '0.5', unit: 'g' }, 1, 10, 'kg')).toEqual({ quantity: '5', unit: 'g' })
    expect(scaledAmount({ quantity: '1', unit: 'cups' }, 1, 2, 'ml')).toEqual({ quantity: '2', unit: 'cups' })
    expect(scaledAmount({ quantity: '0.001', unit: 'g' }, 1000, 1, null)).toEqual({
      quantity: '0.001',
      unit: 'g',
    })
  })
})

test('what is kept in kilograms may be written in grams, and pieces in nothing else', () => {
  expect(unitsLike('kg', UNITS)).toEqual(['kg', 'g'])
  expect(unitsLike('ml', UNITS)).toEqual(['l', 'ml'])
  expect(unitsLike('pcs', UNITS)).toEqual(['pcs'])
})
