import type { Db } from '@/db/client'
import { type AlertsBySupplier, listAlertsBySupplier } from '@/db/queries/stock-alerts'
import { listStoppedDishes, type StoppedDish } from '@/db/queries/stopped-dishes'
import { type BusinessDate, businessDate } from '@/domain/business-day'
import type { ChainScope, RestaurantScope, RestaurantSettings } from '@/domain/scope'
import type { AlertsView } from './search-params'

export type AlertsData = {
  alerts: AlertsBySupplier
  /** By `pairKey`: what each shortage stops, the next to stop first. */
  stopped: ReadonlyMap<string, StoppedDish[]>
  /** By restaurant id. */
  today: ReadonlyMap<number, BusinessDate>
}

export const pairKey = (pair: { restaurantId: number; ingredientId: number }): string =>
  `${pair.restaurantId}-${pair.ingredientId}`

/** What runs out under the view, and what that stops. @param restaurants those that the scope covers, at least */
export async function loadAlerts(
  db: Db,
  scope: ChainScope<'stock:read'> | RestaurantScope<'stock:read'>,
  restaurants: readonly RestaurantSettings[],
  view: AlertsView,
  now: Date,
): Promise<AlertsData> {
  const today = todayOf(restaurants, now)
  const alerts = await listAlertsBySupplier(db, scope, {
    days: [...today].map(([restaurantId, date]) => ({ restaurantId, today: date })),
    supplierId: view.supplierId,
    page: view.page,
    quiet: view.withAnswered,
  })
  const pairs = alerts.suppliers.flatMap(({ rows }) => rows)
  const dishes = pairs.length > 0 ? await listStoppedDishes(db, scope, { pairs }) : []
  return { alerts, stopped: byPair(dishes), today }
}

function byPair(dishes: readonly StoppedDish[]): Map<string, StoppedDish[]> {
  const groups = new Map<string, StoppedDish[]>()
  for (const dish of dishes) {
    const group = groups.get(pairKey(dish))
    if (group) group.push(dish)
    else groups.set(pairKey(dish), [dish])
  }
  return groups
}

/** Hundreds of restaurants share a few clocks, and asking one of those takes longer than looking it up. */
function todayOf(restaurants: readonly RestaurantSettings[], now: Date): Map<number, BusinessDate> {
  const byClock = new Map<string, BusinessDate>()
  return new Map(
    restaurants.map(({ id, timeZone, dayCutoff }) => {
      const clock = `${timeZone} ${dayCutoff}`
      const date = byClock.get(clock) ?? businessDate(now, timeZone, dayCutoff)
      byClock.set(clock, date)
      return [id, date]
    }),
  )
}
