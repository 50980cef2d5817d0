import type { Db } from '@/db/client'
import type { Figures } from '@/db/fragments/report-figures'
import { type DayFigures, listDays } from '@/db/queries/reports/days'
import { getFigures } from '@/db/queries/reports/figures'
import { type DayFoodCost, type FoodCost, getFoodCost } from '@/db/queries/reports/food-cost'
import { getHeatMap, type HeatCell } from '@/db/queries/reports/heat-map'
import { listProductMix, type SoldDish } from '@/db/queries/reports/product-mix'
import { listRestaurantFigures, type RestaurantFigures } from '@/db/queries/reports/restaurants'
import {
  type ChannelFigures,
  listChannels,
  listStations,
  type StationFigures,
} from '@/db/queries/reports/speed'
import { listWasteByCause } from '@/db/queries/reports/waste'
import type { BusinessDate } from '@/domain/business-day'
import { comparedRanges } from '@/domain/report-range'
import type { ReportScope, RestaurantSettings } from '@/domain/scope'
import type { WasteCause } from '@/domain/vocabulary'
import type { ReportView } from './search-params'

/** A restaurant of the chain with what it did in the range. */
export type RestaurantLine = RestaurantFigures & { slug: string; name: string }

export type ReportData = {
  /** Later dates of the range are yet to come. */
  today: BusinessDate
  present: Figures
  previous: Figures
  lastYear: Figures
  days: DayFigures[]
  previousDays: DayFigures[]
  hours: HeatCell[]
  dishes: SoldDish[]
  foodCost: { total: FoodCost; days: DayFoodCost[] }
  waste: { cause: WasteCause; value: number }[]
  stations: StationFigures[]
  channels: ChannelFigures[]
  /** Of the chain; none of a single restaurant. Most revenue first. */
  restaurants: RestaurantLine[]
}

/**
 * All that a report shows. One query after the other: each takes milliseconds, and a page that asked for all of them at
 * once would take a dozen of the connections that the kitchens need.
 * @param restaurants of the chain, for their names
 */
export async function loadReport(
  db: Db,
  scope: ReportScope,
  { range, outliers }: ReportView,
  today: BusinessDate,
  restaurants: readonly RestaurantSettings[],
): Promise<ReportData> {
  const { present, previous, lastYear } = comparedRanges(range, today)
  const figures = await getFigures(db, scope, { ranges: [present, previous, lastYear], outliers })
  const [now, before, yearAgo] = figures
  if (!now || !before || !yearAgo) throw new Error('Three ranges were asked for.')
  return {
    today,
    present: now,
    previous: before,
    lastYear: yearAgo,
    days: await listDays(db, scope, { range, outliers }),
    previousDays: await listDays(db, scope, { range: previous, outliers }),
    hours: await getHeatMap(db, scope, { range, outliers }),
    dishes: await listProductMix(db, scope, { range }),
    foodCost: await getFoodCost(db, scope, { range }),
    waste: await listWasteByCause(db, scope, { range }),
    stations: await listStations(db, scope, { range, outliers }),
    channels: await listChannels(db, scope, { range, outliers }),
    restaurants:
      'restaurantIds' in scope
        ? named(await listRestaurantFigures(db, scope, { range, outliers }), restaurants)
        : [],
  }
}

/** With the names of the restaurants that are still there, most revenue first. */
export function named(
  figures: readonly RestaurantFigures[],
  restaurants: readonly RestaurantSettings[],
): RestaurantLine[] {
  const byId = new Map(restaurants.map((restaurant) => [restaurant.id, restaurant]))
  return figures
    .flatMap((row) => {
      const restaurant = byId.get(row.restaurantId)
      return restaurant ? [{ ...row, slug: restaurant.slug, name: restaurant.name }] : []
    })
    .sort((one, other) => other.revenue - one.revenue || one.name.localeCompare(other.name))
}
