import { expect, test } from 'vitest'
import { exactCost, foodCostPercent, roundedCents } from './plate-cost'

test.each([
  ['0.3', '320', 96],
  ['0.001', '500', 1],
  ['0.001', '499', 0],
  ['2.5', '0.0001', 0],
  ['1000000', '12345678.1234', 12_345_678_123_400],
  ['0.333', '1.5', 0],
])('%s units at %s cents are %i whole cents', (quantity, price, cents) => {
  expect(roundedCents(exactCost(quantity, price))).toBe(cents)
})

test('sums are rounded once: three thirds of a cent are a cent', () => {
  const third = exactCost('0.334', '1')
  expect(roundedCents(third)).toBe(0)
  expect(roundedCents(third + third + third)).toBe(1)
})

test('food cost is a percentage of the price with one decimal, and of nothing unknown', () => {
  expect(foodCostPercent(exactCost('1', '374'), 1450)).toBe(25.8)
  expect(foodCostPercent(exactCost('1', '1450'), 1450)).toBe(100)
  expect(foodCostPercent(0n, 1450)).toBe(0)
  expect(foodCostPercent(exactCost('1', '10'), 0)).toBeNull()
})
