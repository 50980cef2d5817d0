import { expect, test } from 'vitest'
import { type DayProgress, type UsualSales, withUsual } from './usual-sales'

const day = (restaurantId: number, hourShare: number): DayProgress => ({
  restaurantId,
  businessDate: '2026-03-07',
  hoursOver: 9,
  hourShare,
})
const sales = (restaurantId: number): UsualSales => ({
  restaurantId,
  days: 4,
  ordersOver: 10,
  ordersBegun: 18,
  revenueOver: 1000,
  revenueBegun: 1010,
})

test('of the running hour as much is usual as has passed of it, in whole cents', () => {
  const usual = (hourShare: number) => withUsual([day(1, hourShare)], [sales(1)])[0]
  expect(usual(0)).toEqual({ ...day(1, 0), usualOrders: 2.5, usualRevenue: 250 })
  expect(usual(0.5)).toMatchObject({ usualOrders: 3.5, usualRevenue: 251 })
  expect(usual(0.75)).toMatchObject({ usualOrders: 4, usualRevenue: 252 })
})

test('each restaurant has its own, and one without any nothing to compare with', () => {
  const days = [day(3, 0), day(1, 0), day(2, 0)]
  expect(withUsual(days, [sales(2), { ...sales(1), days: 1 }]).map((row) => row.usualOrders)).toEqual([
    null,
    10,
    2.5,
  ])
})
