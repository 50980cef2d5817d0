import { batchesOf, type CsvCell } from '@/app/_server/csv'
import { database } from '@/app/_server/database'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import type { Figures } from '@/db/fragments/report-figures'
import { listDays } from '@/db/queries/reports/days'
import { getFoodCost } from '@/db/queries/reports/food-cost'
import { getHeatMap } from '@/db/queries/reports/heat-map'
import { listProductMix } from '@/db/queries/reports/product-mix'
import { listRestaurantFigures } from '@/db/queries/reports/restaurants'
import { listChannels, listStations } from '@/db/queries/reports/speed'
import { listWasteByCause } from '@/db/queries/reports/waste'
import type { BusinessDate } from '@/domain/business-day'
import type { ReportScope, RestaurantSettings } from '@/domain/scope'
import { engineeredDishes } from '../reports/engineered-dishes'
import { named } from '../reports/report-data'
import { type ReportView, readReportView } from '../reports/search-params'
import { latestToday } from '../reports/today'
import { type Exported, type Given, money } from './exported'

/** A part of a report under the parameters of its page: `restaurant`, or else all of the reader's. */
type Part = {
  header: readonly string[]
  rows: (
    scope: ReportScope,
    view: ReportView,
    restaurants: readonly RestaurantSettings[],
  ) => Promise<CsvCell[][]>
}

const part =
  ({ header, rows }: Part) =>
  async (given: Given): Promise<Exported> => {
    const { restaurants } = await requirePerson()
    const scope =
      typeof given.restaurant === 'string' && given.restaurant !== ''
        ? await requireRestaurant(given.restaurant, 'reports:read')
        : await requireChain('reports:read')
    const mine = 'restaurant' in scope ? [scope.restaurant] : restaurants
    const today = mine.length > 0 ? latestToday(mine, new Date()) : null
    const view = today === null ? null : begunView(readReportView(given, today), today)
    return {
      header,
      // A report has a bounded number of rows: one a day, a dish, a restaurant.
      rows: batchesOf<CsvCell[], never>(async () => ({
        rows: view ? await rows(scope, view, restaurants) : [],
        next: null,
      })),
    }
  }

/** Without the days that are yet to come. */
const begunView = ({ range, outliers }: ReportView, today: BusinessDate): ReportView => ({
  range: range.to > today ? { from: range.from, to: today } : range,
  outliers,
})

/** Minutes with two decimals, which a spreadsheet reads as a number. */
const minutes = (value: number | null): string => value?.toFixed(2) ?? ''
const share = (value: number | null): string => value?.toFixed(4) ?? ''
const cents = (value: number | null): string => (value === null ? '' : money(Math.round(value)))

const SPEED_HEADER = [
  'tickets',
  'median_minutes',
  'p90_minutes',
  'late',
  'late_share',
  'tickets_over_4_hours',
]
type Speed = Pick<Figures, 'tickets' | 'medianMinutes' | 'p90Minutes' | 'late' | 'lateShare' | 'outliers'>
const speedCells = ({ tickets, medianMinutes, p90Minutes, late, lateShare, outliers }: Speed): CsvCell[] => [
  ...[tickets, minutes(medianMinutes), minutes(p90Minutes), late, share(lateShare), outliers],
]

const days = part({
  header: [
    ...['date', 'orders', 'revenue', 'average_check', 'placed', 'completed', 'cancelled_before_firing'],
    ...['cancelled_after_firing', 'recalls', 'average_minutes', ...SPEED_HEADER, 'busiest_hour', 'so_far'],
  ],
  rows: async (scope, view) =>
    (await listDays(database(), scope, view)).map((day) => [
      ...[day.date, day.orders, money(day.revenue), cents(day.averageCheck), day.placed, day.completed],
      ...[day.cancelledBeforeFiring, day.cancelledAfterFiring, day.recalls, minutes(day.averageMinutes)],
      ...speedCells(day),
      ...[day.peakHour, day.isLive],
    ]),
})

const hours = part({
  header: [
    ...['weekday', 'hour', 'days', 'placed', 'orders', 'revenue', 'tickets', 'late', 'median_minutes'],
    'p90_minutes',
  ],
  rows: async (scope, view) =>
    (await getHeatMap(database(), scope, view)).map((cell) => [
      ...[cell.weekday, cell.hour, cell.days, cell.placed, cell.orders, money(cell.revenue), cell.tickets],
      ...[cell.late, minutes(cell.medianMinutes), minutes(cell.p90Minutes)],
    ]),
})

const dishes = part({
  header: [
    ...[
      'dish_id',
      'dish',
      'category',
      'station',
      'portions',
      'revenue',
      'share_of_portions',
      'share_of_revenue',
    ],
    ...['ingredients_cost', 'class', 'share_in_category', 'popular_from', 'margin', 'average_margin'],
  ],
  rows: async (scope, view) =>
    engineeredDishes(await listProductMix(database(), scope, view)).map((dish) => [
      ...[dish.menuItemId, dish.name, dish.category, dish.station, dish.units, money(dish.revenue)],
      ...[share(dish.shareOfUnits), share(dish.shareOfRevenue), cents(dish.cost), dish.menuClass ?? ''],
      ...[share(dish.popularity), share(dish.popularFrom), cents(dish.margin), cents(dish.averageMargin)],
    ]),
})

const foodCost = part({
  header: [
    'date',
    'revenue',
    'actual',
    'by_recipe_card',
    'written_off',
    'actual_percent',
    'by_recipe_card_percent',
  ],
  rows: async (scope, view) =>
    (await getFoodCost(database(), scope, view)).days.map((day) => [
      ...[day.date, money(day.revenue), money(day.actual), money(day.theoretical), money(day.wasted)],
      ...[day.actualPercent, day.theoreticalPercent],
    ]),
})

const waste = part({
  header: ['cause', 'worth'],
  rows: async (scope, view) =>
    (await listWasteByCause(database(), scope, view)).map(({ cause, value }) => [cause, money(value)]),
})

const stations = part({
  header: ['kind', 'name', 'dishes', ...SPEED_HEADER],
  rows: async (scope, view) => [
    ...(await listStations(database(), scope, view)).map((row) => [
      ...['station', row.station, row.dishes],
      ...speedCells(row),
    ]),
    ...(await listChannels(database(), scope, view)).map((row) => [
      ...['channel', row.channel, ''],
      ...speedCells(row),
    ]),
  ],
})

const restaurants = part({
  header: [
    ...['restaurant', 'orders', 'revenue', 'average_check', 'placed', 'cancelled_before_firing'],
    ...['cancelled_after_firing', 'recalls', 'tickets', 'average_minutes', 'late', 'late_share'],
    'tickets_over_4_hours',
  ],
  rows: async (scope, view, settings) => {
    // Of one restaurant alone there is nothing to put side by side.
    if (!('restaurantIds' in scope)) return []
    return named(await listRestaurantFigures(database(), scope, view), settings).map((row) => [
      ...[row.name, row.orders, money(row.revenue), cents(row.averageCheck), row.placed],
      ...[row.cancelledBeforeFiring, row.cancelledAfterFiring, row.recalls, row.tickets],
      ...[minutes(row.averageMinutes), row.late, share(row.lateShare), row.outliers],
    ])
  },
})

/** What a report shows, part by part, under the same names and parameters as on its page. */
export const REPORT_EXPORTS: Record<string, (given: Given) => Promise<Exported>> = {
  'report-days': days,
  'report-hours': hours,
  'report-dishes': dishes,
  'report-food-cost': foodCost,
  'report-waste': waste,
  'report-stations': stations,
  'report-restaurants': restaurants,
}
