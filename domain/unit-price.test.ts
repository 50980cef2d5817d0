import { describe, expect, it } from 'vitest'
import { formatUnitPrice, parseUnitPrice, unitPriceText } from './unit-price'

describe('the price of a unit', () => {
  it.each([
    ['2', 'EUR', '200'],
    ['2.4', 'EUR', '240'],
    ['2,45', 'EUR', '245'],
    ['0.0125', 'EUR', '1.25'],
    ['0.000001', 'EUR', '0.0001'],
    ['0', 'EUR', '0'],
    ['0.00', 'EUR', '0'],
    ['007.10', 'EUR', '710'],
    ['999999.99', 'EUR', '99999999'],
    ['120', 'JPY', '120'],
    ['120.5', 'JPY', '120.5'],
  ])('%s in %s is %s cents', (typed, currency, cents) => {
    expect(parseUnitPrice(typed, currency)).toBe(cents)
    expect(parseUnitPrice(unitPriceText(cents, currency), currency)).toBe(cents)
  })

  it.each(['', 'free', '-1', '1.2.3', '1e3', '0.0000001', '1000000', '1 000', '.5'])('is not %j', (typed) => {
    expect(parseUnitPrice(typed, 'EUR')).toBeNull()
  })

  it('is shown with the decimals that it has', () => {
    expect(formatUnitPrice('240', 'EUR')).toBe('€2.40')
    expect(formatUnitPrice('1.25', 'EUR')).toBe('€0.0125')
    expect(formatUnitPrice('120.5', 'JPY')).toBe('¥120.5')
    expect(unitPriceText('240', 'EUR')).toBe('2.40')
    expect(unitPriceText('200', 'EUR')).toBe('2')
  })
})
