import type { RestaurantToday } from '@/db/queries/overview'
import type { RestaurantSettings } from '@/domain/scope'
import type { AgeLevel } from '@/domain/ticket-age'
import type { UsualByNow } from '@/domain/usual-sales'

/** What is worst about a restaurant, in the order in which it gets worse. */
const CONCERNS = ['none', 'low', 'due', 'out', 'silent', 'late'] as const
type Concern = (typeof CONCERNS)[number]

/** How a restaurant stands, and what is usual by now. */
export type ComparedToday = RestaurantToday & UsualByNow

export type OverviewRow = Omit<ComparedToday, 'restaurantId' | 'oldestSince' | 'silentSince'> & {
  restaurant: RestaurantSettings
  /** Whole minutes on the clock of the oldest open ticket; null without one. */
  oldestMinutes: number | null
  /** Of the open tickets, by the thresholds of their channels. */
  age: AgeLevel
  /** Whole minutes since a screen was last heard of that should be: while the restaurant trades or has tickets. */
  silentMinutes: number | null
  concern: Concern
}

const MINUTE = 60_000

/** Joins settings and figures, worst first: by what is worst, of late tickets by their age, then by name. */
export function overviewRows(
  restaurants: readonly RestaurantSettings[],
  figures: readonly ComparedToday[],
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

function rowOf(restaurant: RestaurantSettings, figure: ComparedToday, now: Date): OverviewRow {
  const { restaurantId: _, oldestSince, silentSince, ...numbers } = figure
  const minutesSince = (instant: number) => Math.floor(Math.max(0, now.getTime() - instant) / MINUTE)
  // At night screens are switched off, and nobody must act.
  const isHeard = silentSince === null || !(figure.isTrading || figure.open > 0)
  return {
    restaurant,
    ...numbers,
    oldestMinutes: oldestSince === null ? null : minutesSince(oldestSince),
    age: figure.openLate > 0 ? 'late' : figure.openDue > 0 ? 'due' : 'on_time',
    silentMinutes: isHeard ? null : minutesSince(silentSince),
    concern: concernOf(figure, isHeard),
  }
}

function concernOf({ openLate, openDue, out, alerts }: RestaurantToday, isHeard: boolean): Concern {
  if (openLate > 0) return 'late'
  if (!isHeard) return 'silent'
  if (out > 0) return 'out'
  if (openDue > 0) return 'due'
  return alerts > 0 ? 'low' : 'none'
}

function byAttention(one: OverviewRow, other: OverviewRow): number {
  const concern = CONCERNS.indexOf(other.concern) - CONCERNS.indexOf(one.concern)
  if (concern !== 0) return concern
  const age = one.age === 'on_time' ? 0 : (other.oldestMinutes ?? 0) - (one.oldestMinutes ?? 0)
  return (
    age ||
    other.out - one.out ||
    other.alerts - one.alerts ||
    one.restaurant.name.localeCompare(other.restaurant.name)
  )
}

/** Whether somebody must act now; a ticket that is due or stock that is low is a kitchen at work. */
export const needsAttention = ({ concern }: Pick<OverviewRow, 'concern'>): boolean =>
  CONCERNS.indexOf(concern) >= CONCERNS.indexOf('out')

export type OverviewTotals = {
  open: number
  orders: number
  /** Cents. */
  revenue: number
  alerts: number
  judged: number
  late: number
  silent: number
  /** Restaurants with a late ticket now, those without some ingredient, and those with a screen that is missed. */
  lateIn: number
  outIn: number
  silentIn: number
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
    alerts: sum((row) => row.alerts),
    judged: sum((row) => row.judged),
    late: sum((row) => row.late),
    silent: sum((row) => (row.silentMinutes === null ? 0 : row.silent)),
    lateIn: sum((row) => (row.openLate > 0 ? 1 : 0)),
    outIn: sum((row) => (row.out > 0 ? 1 : 0)),
    silentIn: sum((row) => (row.silentMinutes === null ? 0 : 1)),
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

/** A share in whole percent; null of nothing. */
export const sharePercent = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 100)
