import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './business-day'
import {
  canCancelPurchase,
  canClosePurchase,
  canEditPurchase,
  canReceivePurchase,
  nextDelivery,
  packsCost,
  packsToOrder,
  weekdayOf,
} from './purchase'
import { fromThousandths } from './quantity'
import { PURCHASE_STATUSES } from './vocabulary'

const MONDAY = '2026-11-23'

describe('a delivery', () => {
  test('comes the lead time after today where the supplier takes orders today', () => {
    expect(nextDelivery(MONDAY, { orderDays: [1, 3], leadTimeDays: 2 })).toBe('2026-11-25')
    expect(nextDelivery(MONDAY, { orderDays: [1], leadTimeDays: 0 })).toBe(MONDAY)
  })

  test('waits for the next order day, into the next week if need be', () => {
    expect(nextDelivery('2026-11-24', { orderDays: [1, 3], leadTimeDays: 2 })).toBe('2026-11-27')
    expect(nextDelivery('2026-11-27', { orderDays: [1, 3], leadTimeDays: 1 })).toBe('2026-12-01')
  })

  test('comes from who names no order days as from who takes orders every day', () => {
    expect(nextDelivery(MONDAY, { orderDays: [], leadTimeDays: 3 })).toBe('2026-11-26')
  })

  test('is always the lead time after the first order day from today on', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 4000 }),
        (orderDays, leadTimeDays, n) => {
          const today = addDays(MONDAY, n)
          let ordered = today
          while (!orderDays.includes(weekdayOf(ordered))) ordered = addDays(ordered, 1)
          expect(nextDelivery(today, { orderDays, leadTimeDays })).toBe(addDays(ordered, leadTimeDays))
        },
      ),
    )
  })
})

describe('packs to order', () => {
  const stock = { onHand: '4', onOrder: '0', minimum: '5', par: '20', packSize: '6' }

  test('bring what is low to par at least', () => {
    expect(packsToOrder(stock)).toBe(3)
    expect(packsToOrder({ ...stock, onHand: '2' })).toBe(3)
    expect(packsToOrder({ ...stock, onHand: '1.999' })).toBe(4)
    expect(packsToOrder({ ...stock, onHand: '-4' })).toBe(4)
  })

  test('never bring above par what is not low', () => {
    expect(packsToOrder({ ...stock, onHand: '5.001' })).toBe(2)
    expect(packsToOrder({ ...stock, onHand: '15' })).toBe(0)
  })

  test('leave out what is on order already', () => {
    expect(packsToOrder({ ...stock, onOrder: '18' })).toBe(0)
    expect(packsToOrder({ ...stock, onOrder: '1' })).toBe(3)
    expect(packsToOrder({ ...stock, onOrder: '6' })).toBe(1)
  })

  test('come to par within a pack, from below or from above as it is low or not', () => {
    const thousandths = (min: number) => fc.integer({ min, max: 1_000_000 })
    fc.assert(
      fc.property(
        fc.record({
          onHand: thousandths(-100_000),
          onOrder: thousandths(0),
          minimum: thousandths(0),
          more: thousandths(0),
          packSize: thousandths(1),
        }),
        ({ onHand, onOrder, minimum, more, packSize }) => {
          const par = minimum + more
          const text = (n: number) => fromThousandths(BigInt(n))
          const packs = packsToOrder({
            onHand: text(onHand),
            onOrder: text(onOrder),
            minimum: text(minimum),
            par: text(par),
            packSize: text(packSize),
          })
          const before = onHand + onOrder
          const after = before + packs * packSize
          if (before >= par) expect(packs).toBe(0)
          else if (before <= minimum) expect(after - par).toBeGreaterThanOrEqual(0)
          else expect(after - par).toBeLessThanOrEqual(0)
          if (before < par) expect(Math.abs(after - par)).toBeLessThan(packSize)
        },
      ),
    )
  })

  test('are none of nothing', () => {
    expect(() => packsToOrder({ ...stock, packSize: '0' })).toThrow(RangeError)
  })
})

test('a purchase order is edited as a draft, received and closed once sent, and cancelled until something came', () => {
  const may = (status: (typeof PURCHASE_STATUSES)[number]) =>
    [
      canEditPurchase(status) && 'edit',
      canReceivePurchase(status) && 'receive',
      canClosePurchase(status) && 'close',
      canCancelPurchase(status) && 'cancel',
    ].filter(Boolean)
  expect(Object.fromEntries(PURCHASE_STATUSES.map((status) => [status, may(status)]))).toEqual({
    draft: ['edit', 'cancel'],
    sent: ['receive', 'cancel'],
    partly_received: ['receive', 'close'],
    received: [],
    closed_short: [],
    cancelled: [],
  })
})

describe('what packs cost', () => {
  test.each([
    [3, '2.5', '320', 2400],
    [1, '0.001', '500', 1],
    [1, '0.001', '499.9999', 0],
    [99_999, '999999999.999', '1.25', 124_998_749_999_875],
    [0, '1', '320', 0],
    [7, '0.33', '12.3456', 29],
  ])('%d packs of %s at %s cents are %d cents', (packs, packSize, unitPrice, cents) => {
    expect(packsCost(packs, packSize, unitPrice)).toBe(cents)
  })
})
