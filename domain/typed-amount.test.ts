import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addQuantities } from './quantity'
import { readTypedAmount } from './typed-amount'
import type { Unit } from './vocabulary'

const quantity = (text: string, unit: Unit) => {
  const read = readTypedAmount(text, unit)
  return read.ok ? read.quantity : read.error
}

describe('an amount that is typed', () => {
  test.each<[string, Unit, string]>([
    ['2.5', 'kg', '2.5'],
    [' 2,5 ', 'kg', '2.5'],
    ['2,50kg', 'kg', '2.5'],
    ['500 g', 'kg', '0.5'],
    ['1.5 KG', 'g', '1500'],
    ['250 ml', 'l', '0.25'],
    ['12 pcs', 'pcs', '12'],
    ['', 'kg', '0'],
    ['0', 'kg', '0'],
  ])('%j of what is counted in %s is %s', (text, unit, expected) => {
    expect(quantity(text, unit)).toBe(expected)
  })

  test.each<[string, Unit, RegExp]>([
    ['1,250', 'g', /^Write 1250, or 1\.250\.$/],
    ['0.5 g', 'kg', /^Write it in kg, with three decimals/],
    ['1.2345', 'kg', /three decimals at most/],
    ['2 l', 'kg', /^Write it in kg/],
    ['2 stones', 'kg', /^Write it in kg/],
    ['many', 'kg', /^Write an amount such as 2\.5 kg\.$/],
    ['-1', 'kg', /^Write an amount/],
    ['1e9', 'kg', /^Write (an amount|it in kg)/],
    ['999999999 kg', 'g', /^Write it in g/],
  ])('%j of what is counted in %s is refused in words', (text, unit, expected) => {
    expect(quantity(text, unit)).toMatch(expected)
  })

  test('is the same in the larger and in the smaller unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (grams) => {
        const kilos = quantity(`${grams} g`, 'kg')
        expect(addQuantities(kilos, '0')).toBe(kilos)
        expect(quantity(`${kilos} kg`, 'g')).toBe(String(grams))
      }),
    )
  })
})
