import { expect, it } from 'vitest'
import { foodCostPercent } from './food-cost'

const dish = { price: 1600, quantity: '0.2', otherCost: '80' }

it('is the cost of all ingredients in percent of the price', () => {
  expect(foodCostPercent(dish, '1200')).toBeCloseTo(20)
  expect(foodCostPercent(dish, '2000')).toBeCloseTo(30)
})

it('is not known of a dish that is given away', () => {
  expect(foodCostPercent({ ...dish, price: 0 }, '1200')).toBeNull()
})
