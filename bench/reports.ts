import { sql } from 'drizzle-orm'
import { type Database, type Db, openSession } from '@/db/client'
import { closeKitchenDays } from '@/db/jobs/kitchen-metrics'
import { transact } from '@/db/mutations/transact'
import { listOverview } from '@/db/queries/overview'
import { listDays } from '@/db/queries/reports/days'
import { getFigures } from '@/db/queries/reports/figures'
import { getFoodCost } from '@/db/queries/reports/food-cost'
import { getHeatMap } from '@/db/queries/reports/heat-map'
import { listProductMix } from '@/db/queries/reports/product-mix'
import { listRestaurantFigures } from '@/db/queries/reports/restaurants'
import { listChannels, listStations } from '@/db/queries/reports/speed'
import { listWasteByCause } from '@/db/queries/reports/waste'
import { listUsualSales } from '@/db/queries/usual-sales'
import { addDays, businessDate } from '@/domain/business-day'
import { comparedRanges, type DateRange } from '@/domain/report-range'
import {
  type ChainScope,
  chainScope,
  type Person,
  type ReportScope,
  type RestaurantScope,
  type RestaurantSettings,
  restaurantScope,
  systemScope,
} from '@/domain/scope'
import { openMeter, type Spread, spread, spreadOf } from './lib/meter'
import { circumstances, markdownTable, writeSection } from './lib/report'
import { reportsDatabase } from './reports/fill'

const RUNS = 30
const CLOSINGS = 5

/**
 * Measures the database's part of overview and reports, and of closing a day, over 500 restaurants with 200,000 orders
 * times the scale; `bench -- reports 5` has a million.
 */
export async function benchReports(databaseUrl: string, args: readonly string[]): Promise<void> {
  const scale = Number(args[0] ?? 1)
  if (!(scale > 0 && scale <= 10)) throw new Error('Usage: npm run bench -- reports [SCALE up to 10]')
  const url = await reportsDatabase(databaseUrl, scale)
  const db = openMeter(url)
  const restaurants = await db.execute<RestaurantSettings>(sql`
    select id, slug, name, time_zone as "timeZone", to_char(day_cutoff, 'HH24:MI') as "dayCutoff" from restaurants
    order by id`)
  // Nobody signs in here: the benchmark runs on data that it made itself.
  const person = { userId: null, role: 'admin', restaurants } as unknown as Person
  const chain = chainScope(person, 'reports:read') as ChainScope<'reports:read'>
  const now = new Date()
  const today = businessDate(now, 'UTC', '04:00')
  const month = { from: addDays(today, -30), to: today }
  const year = { from: addDays(today, -364), to: today }
  const at = (run: number) => {
    const restaurant = restaurants[(run * 37) % restaurants.length]
    return restaurantScope(person, restaurant?.slug ?? '', 'reports:read') as RestaurantScope<'reports:read'>
  }
  const days = restaurants.map(({ id, timeZone, dayCutoff }) => ({
    restaurantId: id,
    businessDate: businessDate(now, timeZone, dayCutoff),
  }))

  const rows: (readonly [string, number, Spread])[] = [
    // What is usual is at hand, except after a day was closed or once an hour began.
    ['overview', 15, await spread(db, RUNS, (on) => listOverview(on, chain, { now, days }))],
    [
      'overview, first after a day was closed',
      15,
      await spread(db, RUNS, async (on) =>
        listUsualSales(on, chain, await listOverview(on, chain, { now, days })),
      ),
    ],
  ]
  // The first time the figures of most restaurants are not in memory: that is the disk's time, and stands by itself.
  for (const time of ['looked at first', 'looked at again'])
    rows.push([
      `a month of a restaurant: all reports, ${time}`,
      20,
      await spread(db, RUNS, (on, run) => reports(on, at(run), month, today)),
    ])
  for (const [name, work] of Object.entries(REPORTS))
    rows.push([
      `a month of a restaurant: ${name}`,
      20,
      await spread(db, RUNS, (on, run) => work(on, at(run), month, today)),
    ])
  for (const [name, work] of Object.entries(REPORTS))
    rows.push([
      `a year of the chain: ${name}`,
      100,
      await spread(db, RUNS, (on) => work(on, chain, year, today)),
    ])
  rows.push([
    'a year of the chain: its restaurants side by side',
    100,
    await spread(db, RUNS, (on) => listRestaurantFigures(on, chain, { range: year, outliers: 'excluded' })),
  ])
  rows.push(['closing a day of all restaurants', 2000, await closings(db)])
  await db.close()

  const session = await openSession(url)
  const [size] = await session.query<{ text: string }>(`
    select (select count(*) from restaurants) || ' restaurants, ' || (select count(*) from orders) || ' orders, '
      || (
        select count(*) from orders o join kitchen_rollups k using (restaurant_id) where o.business_date > k.through
      ) || ' of them on days that are not closed (' || (select round(count(*) / 365.0) from orders) || ' are a usual day), '
      || (select count(*) from daily_kitchen_parts) || ' stored figures' as text`)
  const text = [
    `${await circumstances(session)}; ${size?.text}; ${RUNS} runs each, ${CLOSINGS} of the closing.`,
    '',
    markdownTable(
      ['database ms', 'median', 'p99', 'max', 'wanted', 'within'],
      rows.map(([name, wanted, { median, p99, max }]) => [
        name,
        ...[median, p99, max].map((ms) => ms.toFixed(1)),
        String(wanted),
        median <= wanted ? 'yes' : 'no',
      ]),
    ),
  ].join('\n')
  await session.close()
  console.log(text)
  await writeSection('reports', text)
}

type Report = (db: Db, scope: ReportScope, range: DateRange, today: string) => Promise<unknown>

const outliers = 'excluded' as const

const REPORTS: Readonly<Record<string, Report>> = {
  'figures with two comparisons': (db, scope, range, today) =>
    getFigures(db, scope, { ranges: Object.values(comparedRanges(range, today)), outliers }),
  'day by day': (db, scope, range) => listDays(db, scope, { range, outliers }),
  'heat map': (db, scope, range) => getHeatMap(db, scope, { range, outliers }),
  channels: (db, scope, range) => listChannels(db, scope, { range, outliers }),
  stations: (db, scope, range) => listStations(db, scope, { range, outliers }),
  'product mix': (db, scope, range) => listProductMix(db, scope, { range }),
  'food cost': (db, scope, range) => getFoodCost(db, scope, { range }),
  waste: (db, scope, range) => listWasteByCause(db, scope, { range }),
}

/** What a page of reports asks for, one after the other. */
async function reports(db: Db, scope: ReportScope, range: DateRange, today: string): Promise<void> {
  for (const work of Object.values(REPORTS)) await work(db, scope, range, today)
}

/** Closes the last day of all restaurants again and again, as if it had never been closed. */
async function closings(db: Database): Promise<Spread> {
  const samples: number[] = []
  for (let run = 0; run < CLOSINGS; run++)
    await transact(db, async (tx, refuse) => {
      for (const table of ['daily_kitchen_parts', 'daily_item_sales', 'daily_kitchen_metrics'])
        await tx.execute(sql`
          delete from ${sql.identifier(table)} d using kitchen_rollups k
          where d.restaurant_id = k.restaurant_id and d.business_date = k.through`)
      await tx.execute(sql`update kitchen_rollups set through = through - 1`)
      const before = performance.now()
      const { closed } = await closeKitchenDays(tx, systemScope())
      if (closed === 0) throw new Error('No day was closed.')
      samples.push(performance.now() - before)
      throw refuse(undefined)
    })
  return spreadOf(samples)
}
