import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moneyText, parseMoney } from './money-input'

describe('an amount that was typed', () => {
  test.each([
    ['12', 1200],
    ['12.5', 1250],
    ['12,50', 1250],
    [' 0.05 ', 5],
    ['0', 0],
    ['10000000', 1_000_000_000],
  ])('%j is read as %i cents', (text, cents) => {
    expect(parseMoney(text, 'EUR')).toBe(cents)
  })

  test.each(['', ' ', '-1', '1.234', '1.2.3', '.5', '5.', 'ten', '1e3', '€5', '10000000.01', '9999999999'])(
    '%j is no amount',
    (text) => {
      expect(parseMoney(text, 'EUR')).toBeNull()
    },
  )

  test('has the decimals of its currency', () => {
    expect(parseMoney('1200', 'JPY')).toBe(1200)
    expect(parseMoney('1000000000', 'JPY')).toBe(1_000_000_000)
    expect(parseMoney('12.5', 'JPY')).toBeNull()
    expect(parseMoney('1.234', 'KWD')).toBe(1234)
  })

  test('is read back as it was written', () => {
    const cents = fc.integer({ min: 0, max: 1_000_000_000 })
    fc.assert(
      fc.property(cents, fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
        expect(parseMoney(moneyText(amount, currency), currency)).toBe(amount)
      }),
    )
    expect(moneyText(1250, 'EUR')).toBe('12.50')
    expect(moneyText(1200, 'EUR')).toBe('12')
  })
})
