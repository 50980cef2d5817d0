import { expect, test } from 'vitest'
import { kitchenQuantity } from './kitchen-quantity'

test.each([
  ['0.024', 'kg', 1, { quantity: '24', unit: 'g' }],
  ['0.024', 'kg', 50, { quantity: '1.2', unit: 'kg' }],
  ['0.25', 'l', 4, { quantity: '1', unit: 'l' }],
  ['0.333', 'l', 3, { quantity: '999', unit: 'ml' }],
  ['0.1', 'pcs', 3, { quantity: '0.3', unit: 'pcs' }],
  ['0.001', 'kg', 1, { quantity: '1', unit: 'g' }],
  ['250', 'g', 10, { quantity: '2.5', unit: 'kg' }],
  ['0.4', 'g', 50, { quantity: '20', unit: 'g' }],
  ['0.4', 'g', 1, { quantity: '0.4', unit: 'g' }],
  ['333.5', 'g', 3, { quantity: '1000.5', unit: 'g' }],
  ['125', 'ml', 8, { quantity: '1', unit: 'l' }],
  ['0.265', 'kg', 1000, { quantity: '265', unit: 'kg' }],
  ['1', 'cups', 1000, { quantity: '1000', unit: 'cups' }],
] as const)(
  '%s %s for %i portions is weighed exactly, in the unit at hand',
  (quantity, unit, portions, weighed) => {
    expect(kitchenQuantity(quantity, unit, portions)).toEqual(weighed)
  },
)
