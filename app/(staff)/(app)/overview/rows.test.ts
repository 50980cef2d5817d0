import { describe, expect, test } from 'vitest'
import type { RestaurantSettings } from '@/domain/scope'
import { overviewLines } from './lines'
import {
  type ComparedToday,
  differencePercent,
  needsAttention,
  overviewRows,
  overviewTotals,
  sharePercent,
} from './rows'

const NOW = new Date('2026-03-07T13:00:00Z')
const minutesAgo = (minutes: number) => NOW.getTime() - minutes * 60_000

const restaurant = (id: number, name: string) =>
  ({ id, name, slug: name.toLowerCase(), timeZone: 'UTC' }) as RestaurantSettings
const figures = (restaurantId: number, given: Partial<ComparedToday> = {}): ComparedToday => ({
  restaurantId,
  businessDate: '2026-03-07',
  hoursOver: 9,
  hourShare: 0,
  isTrading: true,
  open: 0,
  openLate: 0,
  openDue: 0,
  oldestSince: null,
  judged: 4,
  late: 1,
  orders: 4,
  usualOrders: 5,
  revenue: 1000,
  usualRevenue: 800,
  alerts: 0,
  out: 0,
  screens: 0,
  silent: 0,
  silentSince: null,
  ...given,
})
const NAMES = ['Anna', 'Bruno', 'Carla', 'Dora', 'Enzo', 'Flora', 'Gino']
const rowsOf = (given: Partial<ComparedToday>[]) =>
  overviewRows(
    NAMES.slice(0, given.length).map((name, index) => restaurant(index + 1, name)),
    given.map((one, index) => figures(index + 1, one)),
    NOW,
  )

describe('overview rows', () => {
  test('put first what is worst: late tickets by age, silent screens, what is out, what is due, what is low', () => {
    const rows = rowsOf([
      {},
      { alerts: 9 },
      { open: 2, openDue: 1, oldestSince: minutesAgo(7) },
      { alerts: 1, out: 1 },
      { screens: 1, silent: 1, silentSince: minutesAgo(12) },
      { open: 2, openLate: 1, oldestSince: minutesAgo(12) },
      { open: 2, openLate: 1, oldestSince: minutesAgo(30) },
    ])
    expect(rows.map((row) => row.restaurant.name)).toEqual([...NAMES].reverse())
    expect(rows.map(needsAttention)).toEqual([true, true, true, true, false, false, false])
  })

  test('miss a screen only where somebody works', () => {
    const silent = { screens: 2, silent: 1, silentSince: minutesAgo(90), isTrading: false }
    const [working, closed] = rowsOf([silent, { ...silent, open: 1, oldestSince: minutesAgo(1) }])
    expect(working).toMatchObject({ silentMinutes: 90, concern: 'silent' })
    expect(closed).toMatchObject({ silentMinutes: null, concern: 'none' })
  })

  test('leave out a restaurant without figures and never show a negative age', () => {
    const rows = overviewRows(
      [restaurant(1, 'Anna'), restaurant(2, 'Bruno')],
      [figures(1, { open: 1, oldestSince: minutesAgo(-3) })],
      NOW,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ oldestMinutes: 0, age: 'on_time' })
  })

  test('add up, and compare only what has something to compare with', () => {
    const rows = rowsOf([
      { open: 2, openLate: 1, oldestSince: minutesAgo(12), alerts: 2, out: 1 },
      { alerts: 1, screens: 1, silent: 1, silentSince: minutesAgo(5) },
      { open: 2, oldestSince: minutesAgo(1), usualOrders: null, usualRevenue: null },
    ])
    expect(overviewTotals(rows)).toEqual({
      ...{ open: 4, orders: 12, revenue: 3000, alerts: 3, judged: 12, late: 3, silent: 1 },
      ...{ lateIn: 1, outIn: 1, silentIn: 1, ordersDifference: -20, revenueDifference: 25 },
    })
    expect(overviewTotals([])).toMatchObject({ open: 0, ordersDifference: null, revenueDifference: null })
  })

  test('are written out for the browser', () => {
    const rows = rowsOf([
      { open: 2, oldestSince: minutesAgo(125), revenue: 1_234_500, usualRevenue: 1_000_000, usualOrders: 3 },
      { isTrading: false, judged: 0, late: 0, usualRevenue: null },
    ])
    const [busy, quiet] = overviewLines(rows, NOW, { currency: 'EUR', locale: 'en-GB' })
    expect(busy).toMatchObject({
      ...{
        slug: 'anna',
        time: '13:00',
        isClosed: false,
        oldest: '2\u00a0h\u00a005',
        lateShare: '25 %',
        lateOf: '1 of 4',
      },
      ...{ revenue: '€12,345.00', difference: 23, reached: 1.23 },
    })
    expect(quiet).toMatchObject({
      isClosed: true,
      oldest: '',
      lateShare: '',
      difference: null,
      reached: null,
    })
  })
})

test('a difference needs something to differ from, and a share a whole', () => {
  expect(differencePercent(112, 100)).toBe(12)
  expect(differencePercent(0, 100)).toBe(-100)
  expect(differencePercent(50, 0)).toBeNull()
  expect(differencePercent(50, null)).toBeNull()
  expect(sharePercent(1, 3)).toBe(33)
  expect(sharePercent(0, 0)).toBeNull()
})
