import type { RestaurantToday } from '@/db/queries/overview'
import type { RestaurantSettings } from '@/domain/scope'

export type OverviewRow = Omit<RestaurantToday, 'restaurantId' | 'oldestCreatedAt'> & {
  restaurant: RestaurantSettings
  /** Whole minutes since the oldest open ticket was placed; null without one. */
  oldestMinutes: number | null
  /** By the restaurant's own thresholds. */
  age: 'late' | 'soon' | 'fine'
}

const URGENCY = { late: 2, soon: 1, fine: 0 }

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
  const { restaurantId: _, oldestCreatedAt, ...numbers } = figure
  const oldestMinutes =
    oldestCreatedAt === null ? null : Math.max(0, Math.floor((now.getTime() - oldestCreatedAt) / 60_000))
  return { restaurant, ...numbers, oldestMinutes, age: ageOf(restaurant, oldestMinutes) }
}

function ageOf({ amberMinutes, redMinutes }: RestaurantSettings, minutes: number | null): OverviewRow['age'] {
  if (minutes === null || minutes < amberMinutes) return 'fine'
  return minutes < redMinutes ? 'soon' : 'late'
}

function byAttention(one: OverviewRow, other: OverviewRow): number {
  const urgency = URGENCY[other.age] - URGENCY[one.age]
  if (urgency !== 0) return urgency
  const age = one.age === 'fine' ? 0 : (other.oldestMinutes ?? 0) - (one.oldestMinutes ?? 0)
  return age || other.lowStock - one.lowStock || one.restaurant.name.localeCompare(other.restaurant.name)
}

export type OverviewTotals = {
  open: number
  late: number
  orders: number
  /** Cents. */
  revenue: number
  lowStock: number
}

/** What the rows add up to. `late` counts restaurants whose oldest ticket is. */
export function overviewTotals(rows: readonly OverviewRow[]): OverviewTotals {
  const totals = { open: 0, late: 0, orders: 0, revenue: 0, lowStock: 0 }
  for (const row of rows) {
    totals.open += row.open
    totals.late += row.age === 'late' ? 1 : 0
    totals.orders += row.orders
    totals.revenue += row.revenue
    totals.lowStock += row.lowStock
  }
  return totals
}

/** By how much a figure differs from another, in percent of that; null where there is nothing to compare with. */
export const differencePercent = (value: number, usual: number | null): number | null =>
  usual === null || usual === 0 ? null : Math.round(((value - usual) / usual) * 100)
