import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addQuantities,
  compareQuantities,
  convertQuantity,
  formatQuantity,
  fromThousandths,
  multiplyQuantity,
  subtractQuantities,
  toThousandths,
} from './quantity'
import { UNITS } from './vocabulary'

/** As wide as `numeric(14, 3)` and beyond. */
const thousandths = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
const quantity = thousandths.map(fromThousandths)
const unit = fc.constantFrom(...UNITS)

describe('quantities', () => {
  test('survive the way to thousandths and back', () => {
    fc.assert(
      fc.property(thousandths, (n) => {
        expect(toThousandths(fromThousandths(n))).toBe(n)
      }),
    )
  })

  test('are read as PostgreSQL prints them and written without trailing zeros', () => {
    const same = (text: string) => fromThousandths(toThousandths(text))
    expect(same('2.500')).toBe('2.5')
    expect(same('10.000')).toBe('10')
    expect(same('0.000')).toBe('0')
    expect(same('-0.000')).toBe('0')
    expect(same('-0.050')).toBe('-0.05')
    expect(same('007')).toBe('7')
    expect(same('1.0000')).toBe('1')
  })

  test('refuse anything else', () => {
    for (const wrong of ['', '-', '.5', '5.', '1e3', '1,5', ' 1', '1.2345', 'NaN', '+1', '0x1', '1\u0000']) {
      expect(() => toThousandths(wrong), wrong).toThrow(RangeError)
    }
  })

  test('add up without a rounding error', () => {
    expect(addQuantities('0.1', '0.2')).toBe('0.3')
    expect(subtractQuantities('0.3', '0.1')).toBe('0.2')
    fc.assert(
      fc.property(quantity, quantity, quantity, (a, b, c) => {
        expect(addQuantities(a, b)).toBe(addQuantities(b, a))
        expect(addQuantities(addQuantities(a, b), c)).toBe(addQuantities(a, addQuantities(b, c)))
        expect(subtractQuantities(addQuantities(a, b), b)).toBe(a)
      }),
    )
  })

  test('times a whole number is that many additions', () => {
    fc.assert(
      fc.property(quantity, fc.integer({ min: 0, max: 30 }), (one, times) => {
        let sum = '0'
        for (let i = 0; i < times; i++) sum = addQuantities(sum, one)
        expect(multiplyQuantity(one, times)).toBe(sum)
      }),
    )
    expect(() => multiplyQuantity('1', 0.5)).toThrow(RangeError)
  })

  test('compare by value, not by text', () => {
    expect(compareQuantities('9', '10')).toBeLessThan(0)
    expect(compareQuantities('1.50', '1.5')).toBe(0)
    expect(compareQuantities('-2', '-3')).toBeGreaterThan(0)
  })
})

describe('convertQuantity', () => {
  test('knows kilograms and litres', () => {
    expect(convertQuantity('1.25', 'kg', 'g')).toBe('1250')
    expect(convertQuantity('1250', 'g', 'kg')).toBe('1.25')
    expect(convertQuantity('0.033', 'l', 'ml')).toBe('33')
    expect(convertQuantity('33', 'ml', 'l')).toBe('0.033')
  })

  test('gives null where the units measure different things or a decimal would be lost', () => {
    expect(convertQuantity('1', 'kg', 'l')).toBeNull()
    expect(convertQuantity('1', 'pcs', 'cups')).toBeNull()
    expect(convertQuantity('1', 'cups', 'ml')).toBeNull()
    expect(convertQuantity('0.5', 'g', 'kg')).toBeNull()
  })

  test('comes back to where it started, or was null', () => {
    fc.assert(
      fc.property(quantity, unit, unit, (amount, from, to) => {
        const there = convertQuantity(amount, from, to)
        if (there !== null) expect(convertQuantity(there, to, from)).toBe(amount)
      }),
      { numRuns: 10_000 },
    )
  })

  test('adds up kilograms and grams to the last digit, in whichever of the two', () => {
    fc.assert(
      fc.property(thousandths, thousandths, (kilograms, grams) => {
        const kg = fromThousandths(kilograms)
        // Whole grams: what a thousandth of a kilogram is.
        const g = fromThousandths(grams * 1000n)
        const inKg = addQuantities(kg, convertQuantity(g, 'g', 'kg') ?? expect.fail())
        const inG = addQuantities(convertQuantity(kg, 'kg', 'g') ?? expect.fail(), g)
        expect(convertQuantity(inKg, 'kg', 'g')).toBe(inG)
      }),
    )
    expect(addQuantities('0.1', convertQuantity('200', 'g', 'kg') ?? '')).toBe('0.3')
  })
})

describe('formatQuantity', () => {
  test('shows what is there and no more', () => {
    expect(formatQuantity('2.500', 'kg')).toBe('2.5 kg')
    expect(formatQuantity('12000.000', 'pcs')).toBe('12,000 pcs')
    expect(formatQuantity('2.500', 'kg', 'de')).toBe('2,5 kg')
    expect(formatQuantity('-0.125')).toBe('-0.125')
  })

  test('never changes a figure, at any size', () => {
    fc.assert(
      fc.property(quantity, (amount) => {
        expect(formatQuantity(amount).replaceAll(',', '')).toBe(amount)
      }),
    )
  })
})
