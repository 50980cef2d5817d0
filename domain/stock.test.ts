import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addQuantities, compareQuantities, fromThousandths, multiplyQuantity } from './quantity'
import { isLowStock, packsToBuy } from './stock'

const amount = (min: bigint, max: bigint) => fc.bigInt({ min, max }).map(fromThousandths)

test('stock is low at its minimum already', () => {
  expect(isLowStock('9.999', '10')).toBe(true)
  expect(isLowStock('10.000', '10')).toBe(true)
  expect(isLowStock('10.001', '10')).toBe(false)
  expect(isLowStock('9', '10')).toBe(true)
})

test('the last pack brings stock up to par, and one pack fewer would not', () => {
  const stock = fc.record({
    onHand: amount(-100_000n, 100_000n),
    minimum: amount(0n, 100_000n),
    par: amount(0n, 200_000n),
    packSize: amount(1n, 50_000n),
  })
  fc.assert(
    fc.property(stock, (level) => {
      const packs = packsToBuy(level)
      const after = (bought: number) => addQuantities(level.onHand, multiplyQuantity(level.packSize, bought))
      if (!isLowStock(level.onHand, level.minimum)) expect(packs).toBe(0)
      else {
        expect(compareQuantities(after(packs), level.par)).toBeGreaterThanOrEqual(0)
        if (packs > 0) expect(compareQuantities(after(packs - 1), level.par)).toBeLessThan(0)
      }
    }),
  )
})

test('an order is in whole packs', () => {
  expect(packsToBuy({ onHand: '2', minimum: '5', par: '20', packSize: '6' })).toBe(3)
  expect(packsToBuy({ onHand: '2.001', minimum: '5', par: '20', packSize: '6' })).toBe(3)
  expect(packsToBuy({ onHand: '1.999', minimum: '5', par: '20', packSize: '6' })).toBe(4)
  expect(packsToBuy({ onHand: '5', minimum: '5', par: '5', packSize: '6' })).toBe(0)
  expect(() => packsToBuy({ onHand: '2', minimum: '5', par: '20', packSize: '0' })).toThrow(RangeError)
})
