import type { RestaurantToday } from '@/db/queries/overview'
import type { RestaurantSettings } from '@/domain/scope'
import { type AgeLevel, ageLevel } from '@/domain/ticket-age'

export type OverviewRow = Omit<RestaurantToday, 'restaurantId' | 'oldestSince'> & {
  restaurant: RestaurantSettings
  /** Whole minutes on the clock of the oldest open ticket; null without one. */
  oldestMinutes: number | null
  /** Of that ticket, by the restaurant's own thresholds. */
  age: AgeLevel
}

const MINUTE = 60_000
const URGENCY: Record<AgeLevel, number> = { late: 2, due: 1, on_time: 0 }

/** Joins settings and figures, worst first: late tickets by age, then what is short, then by name. */
export function overviewRows(
  restaurants: readonly RestaurantSettings[],
  figures: readonly RestaurantToday[],
  now: Date,
): OverviewRow[] {
  const byRestaurant = new Map(figures.map((figure) => [figure.restaurantId, figure]))
  return restaurants
    .flatMap((restaurant) => {
      const figure = byRestaurant.get(restaurant.id)
      return figure ? [rowOf(restaurant, figure, now)] : []
    })
    .sort(byAttention)
}

function rowOf(restaurant: RestaurantSettings, figure: RestaurantToday, now: Date): OverviewRow {
  const { restaurantId: _, oldestSince, ...numbers } = figure
  const age = oldestSince === null ? 0 : Math.max(0, now.getTime() - oldestSince)
  return {
    restaurant,
    ...numbers,
    oldestMinutes: oldestSince === null ? null : Math.floor(age / MINUTE),
    age: ageLevel(age, restaurant),
  }
}

function byAttention(one: OverviewRow, other: OverviewRow): number {
  const urgency = URGENCY[other.age] - URGENCY[one.age]
  if (urgency !== 0) return urgency
  const age = one.age === 'on_time' ? 0 : (other.oldestMinutes ?? 0) - (one.oldestMinutes ?? 0)
  return age || other.lowStock - one.lowStock || one.restaurant.name.localeCompare(other.restaurant.name)
}

export type OverviewTotals = {
  open: number
  orders: number
  /** Cents. */
  revenue: number
  lowStock: number
  /** Restaurants whose oldest ticket is late, and those that lack something. */
  lateIn: number
  lowIn: number
  /** In percent, over the restaurants that have something to compare with; null if none has. */
  ordersDifference: number | null
  revenueDifference: number | null
}

/** What the rows add up to. */
export function overviewTotals(rows: readonly OverviewRow[]): OverviewTotals {
  const sum = (of: (row: OverviewRow) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    open: sum((row) => row.open),
    orders: sum((row) => row.orders),
    revenue: sum((row) => row.revenue),
    lowStock: sum((row) => row.lowStock),
    lateIn: sum((row) => (row.age === 'late' ? 1 : 0)),
    lowIn: sum((row) => (row.lowStock > 0 ? 1 : 0)),
    ordersDifference: differencePercent(
      sum((row) => (row.usualOrders === null ? 0 : row.orders)),
      sum((row) => row.usualOrders ?? 0),
    ),
    revenueDifference: differencePercent(
      sum((row) => (row.usualRevenue === null ? 0 : row.revenue)),
      sum((row) => row.usualRevenue ?? 0),
    ),
  }
}

/** By how much a figure differs from another, in percent of that; null where there is nothing to compare with. */
export const differencePercent = (value: number, usual: number | null): number | null =>
  usual === null || usual === 0 ? null : Math.round(((value - usual) / usual) * 100)
