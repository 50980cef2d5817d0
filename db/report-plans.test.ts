import { beforeAll, expect, test } from 'vitest'
import { addDays, businessDate } from '@/domain/business-day'
import { chainScope, type Person, type ReportScope, restaurantScope, systemScope } from '@/domain/scope'
import { type Database, openSession } from './client'
import { explainWork } from './explain'
import { findPersonForOperator } from './queries/access'
import { listDays } from './queries/reports/days'
import { getFigures } from './queries/reports/figures'
import { getFoodCost } from './queries/reports/food-cost'
import { getHeatMap } from './queries/reports/heat-map'
import { listProductMix } from './queries/reports/product-mix'
import { listRestaurantFigures } from './queries/reports/restaurants'
import { listChannels, listStations } from './queries/reports/speed'
import { listWasteByCause } from './queries/reports/waste'
import { testDatabase } from './testing/database'
import { largeTables } from './testing/large-tables'

const held = testDatabase('volume')
let person: Person

beforeAll(async () => {
  const session = await openSession(held.url)
  await session.query('vacuum analyze')
  await session.close()
  person = (await findPersonForOperator(held.db, systemScope(), { email: null })) ?? expect.fail()
})

const OF_RESTAURANTS = 'daily_kitchen_parts_pk'
const OF_CHAIN = 'chain_kitchen_parts_dimension_business_date_part_pk'

type Report = {
  name: string
  work: (db: Database, scope: ReportScope) => Promise<unknown>
  /** Indexes that it must use for one restaurant, and for the chain. */
  restaurant: string[]
  chain: string[]
}

const today = () => businessDate(new Date(), 'UTC', '04:00')
const params = () => ({ range: { from: addDays(today(), -30), to: today() }, outliers: 'excluded' as const })

const REPORTS: Report[] = [
  {
    name: 'getFigures',
    work: (db, scope) => getFigures(db, scope, { ranges: [params().range], outliers: 'excluded' }),
    restaurant: [OF_RESTAURANTS],
    chain: [OF_CHAIN],
  },
  {
    name: 'listDays',
    work: (db, scope) => listDays(db, scope, params()),
    restaurant: [OF_RESTAURANTS],
    chain: [OF_CHAIN],
  },
  {
    name: 'getHeatMap',
    work: (db, scope) => getHeatMap(db, scope, params()),
    restaurant: [OF_RESTAURANTS],
    chain: [OF_CHAIN],
  },
  {
    name: 'listChannels',
    work: (db, scope) => listChannels(db, scope, params()),
    restaurant: [OF_RESTAURANTS],
    chain: [OF_CHAIN],
  },
  {
    name: 'listStations',
    work: (db, scope) => listStations(db, scope, params()),
    restaurant: [OF_RESTAURANTS],
    chain: [OF_CHAIN],
  },
  {
    name: 'listProductMix',
    work: (db, scope) => listProductMix(db, scope, params()),
    restaurant: ['daily_item_sales_restaurant_id_business_date_menu_item_id_pk'],
    chain: ['chain_item_sales_business_date_menu_item_id_pk'],
  },
  {
    name: 'getFoodCost',
    work: (db, scope) => getFoodCost(db, scope, params()),
    restaurant: [
      OF_RESTAURANTS,
      'daily_food_costs_restaurant_id_business_date_part_pk',
      'stock_movements_day',
    ],
    chain: [OF_CHAIN, 'stock_movements_day'],
  },
  {
    name: 'listWasteByCause',
    work: (db, scope) => listWasteByCause(db, scope, params()),
    restaurant: ['daily_food_costs_restaurant_id_business_date_part_pk'],
    chain: [],
  },
]

const oneRestaurant = () =>
  restaurantScope(person, person.restaurants[0]?.slug ?? '', 'reports:read') ?? expect.fail()
const wholeChain = () => chainScope(person, 'reports:read') ?? expect.fail()

async function planOf(work: (db: Database) => Promise<unknown>, indexes: readonly string[], buffers: number) {
  const plans = await explainWork(held.url, work)
  expect(plans.flatMap((plan) => plan.indexes)).toEqual(expect.arrayContaining([...indexes]))
  expect(plans.reduce((sum, plan) => sum + plan.buffers, 0)).toBeLessThanOrEqual(buffers)
  expect(
    await largeTables(
      held.url,
      plans.flatMap((plan) => plan.scanned),
    ),
  ).toEqual([])
}

test.each(REPORTS)(
  '$name of a month of one restaurant keeps to its indexes and buffers',
  ({ work, restaurant }) => planOf((db) => work(db, oneRestaurant()), restaurant, 4000),
)

test.each(REPORTS)(
  '$name of a month of the chain reads its stored sums, and only open days from orders',
  ({ work, chain }) => planOf((db) => work(db, wholeChain()), chain, 40_000),
)

test('what is not closed is read by business day', () =>
  planOf(
    (db) => getFigures(db, wholeChain(), { ranges: [params().range], outliers: 'included' }),
    ['orders_call_number', 'order_events_figures'],
    40_000,
  ))

test('listRestaurantFigures reads each restaurant’s days by their key', () =>
  planOf((db) => listRestaurantFigures(db, wholeChain(), params()), [OF_RESTAURANTS], 40_000))
