import { describe, expect, test } from 'vitest'
import type { RestaurantToday } from '@/db/queries/overview'
import type { RestaurantSettings } from '@/domain/scope'
import { differencePercent, overviewRows, overviewTotals } from './rows'

const NOW = new Date('2026-03-07T13:00:00Z')

const restaurant = (id: number, name: string, redMinutes = 10) =>
  ({ id, name, slug: name.toLowerCase(), amberMinutes: 5, redMinutes }) as RestaurantSettings
const figures = (restaurantId: number, minutes: number | null, lowStock = 0): RestaurantToday => ({
  restaurantId,
  open: minutes === null ? 0 : 2,
  oldestSince: minutes === null ? null : NOW.getTime() - minutes * 60_000,
  orders: 4,
  usualOrders: 5,
  revenue: 1000,
  usualRevenue: 800,
  tickets: 0,
  lateTickets: 0,
  lowStock,
  alerts: 0,
  screens: 0,
  staleScreens: 0,
})

describe('overview rows', () => {
  test('put late tickets first by age, then those soon late, then shortages, then names', () => {
    const rows = overviewRows(
      [
        restaurant(1, 'Anna'),
        restaurant(2, 'Bruno'),
        restaurant(3, 'Carla'),
        restaurant(4, 'Dora'),
        restaurant(5, 'Enzo'),
      ],
      [figures(1, null), figures(2, 4, 3), figures(3, 12), figures(4, 30), figures(5, 7, 9)],
      NOW,
    )
    expect(rows.map((row) => row.restaurant.name)).toEqual(['Dora', 'Carla', 'Enzo', 'Bruno', 'Anna'])
    expect(rows.map((row) => row.age)).toEqual(['late', 'late', 'due', 'on_time', 'on_time'])
  })

  test('measure lateness by each restaurant’s own threshold, from the full minute on', () => {
    const rows = overviewRows(
      [restaurant(1, 'Slow', 20), restaurant(2, 'Fast', 10)],
      [figures(1, 10), figures(2, 10)],
      NOW,
    )
    expect(rows.map(({ restaurant: { name }, age }) => [name, age])).toEqual([
      ['Fast', 'late'],
      ['Slow', 'due'],
    ])
  })

  test('leave out a restaurant without figures and never show a negative age', () => {
    const rows = overviewRows([restaurant(1, 'Anna'), restaurant(2, 'Bruno')], [figures(1, -3)], NOW)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ oldestMinutes: 0, age: 'on_time' })
  })

  test('add up, and compare only what has something to compare with', () => {
    const rows = overviewRows(
      [restaurant(1, 'Anna'), restaurant(2, 'Bruno'), restaurant(3, 'New')],
      [figures(1, 12, 2), figures(2, null, 1), { ...figures(3, 1), usualOrders: null, usualRevenue: null }],
      NOW,
    )
    expect(overviewTotals(rows)).toEqual({
      open: 4,
      orders: 12,
      revenue: 3000,
      lowStock: 3,
      lateIn: 1,
      lowIn: 2,
      ordersDifference: -20,
      revenueDifference: 25,
    })
    expect(overviewTotals([])).toMatchObject({ open: 0, ordersDifference: null, revenueDifference: null })
  })
})

test('a difference needs something to differ from', () => {
  expect(differencePercent(112, 100)).toBe(12)
  expect(differencePercent(0, 100)).toBe(-100)
  expect(differencePercent(50, 0)).toBeNull()
  expect(differencePercent(50, null)).toBeNull()
})
