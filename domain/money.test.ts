import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoney, sumCents } from './money'

const cents = fc.maxSafeInteger()

describe('formatMoney', () => {
  test('writes cents as the currency is read', () => {
    expect(formatMoney(1250, 'EUR')).toBe('€12.50')
    expect(formatMoney(-5, 'EUR')).toBe('-€0.05')
    expect(formatMoney(123456789, 'USD')).toBe('$1,234,567.89')
    expect(formatMoney(1250, 'EUR', 'de')).toBe('12,50\u00a0€')
  })

  test('takes the amount as it is where the currency has no cents, and knows thousandths', () => {
    expect(formatMoney(1250, 'JPY')).toBe('¥1,250')
    expect(formatMoney(1250, 'KWD')).toBe('KWD\u00a01.250')
  })

  test('never changes a figure, at any size', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        const figures = formatMoney(amount, 'EUR').replace(/[^\d-]/g, '')
        expect(BigInt(figures)).toBe(BigInt(amount))
      }),
    )
  })

  test('refuses what is not a whole number of cents', () => {
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => formatMoney(wrong, 'EUR')).toThrow(RangeError)
    }
  })
})

describe('sumCents', () => {
  test('is the exact sum or an error', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 6 }), (amounts) => {
        const exact = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n)
        let sum: number | undefined
        try {
          sum = sumCents(amounts)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          return
        }
        expect(BigInt(sum)).toBe(exact)
      }),
    )
  })

  test('of nothing is zero, of a fraction an error', () => {
    expect(sumCents([])).toBe(0)
    expect(() => sumCents([1, 0.5])).toThrow(RangeError)
  })
})
