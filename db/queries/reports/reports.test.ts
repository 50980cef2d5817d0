import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '@/domain/business-day'
import { type DateRange, datesOf, previousRange } from '@/domain/report-range'
import { chainScope, type Person, type ReportScope, systemScope } from '@/domain/scope'
import type { Outliers } from '@/domain/ticket-time'
import { CHANNELS, STATIONS } from '@/domain/vocabulary'
import { closeKitchenDays, storeKitchenMetrics } from '../../jobs/kitchen-metrics'
import { countQueries } from '../../request-context'
import { addBusyKitchens, type BusyKitchen, draws } from '../../testing/busy-kitchens'
import { testDatabase } from '../../testing/database'
import { addChain } from '../../testing/kitchen'
import {
  hourOf,
  percentile,
  plainFigures,
  type RawOrder,
  readRawOrders,
  stationPart,
  wholeOrder,
  within,
} from '../../testing/plain-figures'
import { listDays } from './days'
import { getFigures } from './figures'
import { getHeatMap } from './heat-map'
import { listProductMix } from './product-mix'
import { listRestaurantFigures } from './restaurants'
import { listChannels, listStations } from './speed'

const database = testDatabase()
const system = systemScope()
const MINUTES = 180_000
const SEED = 20261123
const draw = draws(SEED)
/** After the last of all those days has ended in every zone. */
const NOW = new Date('2026-04-16T12:00:00Z')
let kitchens: BusyKitchen[] = []
let raw: RawOrder[] = []

beforeAll(async () => {
  await addChain(database.db)
  kitchens = await addBusyKitchens(database.db, 50, draw)
  raw = await readRawOrders(database.db)
  expect(raw.length).toBeGreaterThan(500)
})

const reportOf = ({ scope }: BusyKitchen) => scope as unknown as ReportScope
const personOf = (role: string, of: readonly BusyKitchen[]) =>
  ({ userId: 1, role, restaurants: of.map(({ scope }) => scope.restaurant) }) as unknown as Person
const chain = () => chainScope(personOf('admin', kitchens), 'reports:read') ?? expect.fail()
const some = () => chainScope(personOf('manager', kitchens.slice(0, 7)), 'reports:read') ?? expect.fail()

/** Figures come out of sums of fractions in another order. No ratio of small numbers lies where this changes its step. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Math.floor(value * 1e5 + 0.4321) / 1e5
  if (Array.isArray(value)) return value.map(rounded)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rounded(entry)]))
}

/** Stored with two decimals. */
function expectNear(stored: number | null, exact: number | null): void {
  if (stored === null || exact === null) expect(stored).toBe(exact)
  else expect(Math.abs(stored - exact)).toBeLessThan(0.0051)
}

/** Everything that the reports say of a scope and a range, against a recount of these orders. */
async function compare(
  scope: ReportScope,
  orders: readonly RawOrder[],
  range: DateRange,
  outliers: Outliers,
) {
  const found = orders.filter(within(range))
  const before = previousRange(range)
  const params = { range, outliers }
  const { db } = database

  expect(rounded(await getFigures(db, scope, { ranges: [range, before], outliers }))).toEqual(
    rounded(
      [found, orders.filter(within(before))].map((some) => plainFigures(some.map(wholeOrder), outliers)),
    ),
  )

  const days = await listDays(db, scope, params)
  expect(days.map(({ date }) => date)).toEqual(datesOf(range))
  for (const { date, isLive: _, peakHour, recomputedAt: __, recomputedBecause: ___, ...figures } of days) {
    const day = found.filter(({ businessDate }) => businessDate === date)
    const { medianMinutes, p90Minutes, ...expected } = plainFigures(day.map(wholeOrder), outliers)
    expect(rounded(figures)).toMatchObject(rounded(expected) as object)
    const minutes = day
      .map((order) => wholeOrder(order).minutes)
      .filter((minute) => minute !== null)
      .filter((minute) => outliers === 'included' || minute < 240)
    if (peakHour !== null) {
      const placed = Array.from({ length: 24 }, (____, hour) => day.filter((o) => hourOf(o) === hour).length)
      expect(peakHour).toBe(placed.indexOf(Math.max(...placed)))
      expectNear(figures.medianMinutes, percentile(minutes, 0.5))
      expectNear(figures.p90Minutes, percentile(minutes, 0.9))
    } else
      expect(rounded([figures.medianMinutes, figures.p90Minutes])).toEqual(
        rounded([medianMinutes, p90Minutes]),
      )
  }

  const cells = await getHeatMap(db, scope, params)
  const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay() || 7
  const expectedCells = Array.from({ length: 7 * 24 }, (_, n) => ({
    weekday: 1 + Math.floor(n / 24),
    hour: n % 24,
  }))
    .map(({ weekday, hour }) => ({
      weekday,
      hour,
      days: datesOf(range).filter((date) => weekdayOf(date) === weekday).length,
      orders: found.filter((order) => weekdayOf(order.businessDate) === weekday && hourOf(order) === hour),
    }))
    .filter(({ orders: inCell }) => inCell.length > 0)
    .map(({ orders: inCell, ...cell }) => ({ ...cell, ...plainFigures(inCell.map(wholeOrder), outliers) }))
  expect(rounded(cells)).toEqual(rounded(expectedCells))

  expect(rounded(await listChannels(db, scope, params))).toEqual(
    rounded(
      CHANNELS.map((channel) => ({ channel, of: found.filter((order) => order.channel === channel) }))
        .filter(({ of }) => of.length > 0)
        .map(({ channel, of }) => ({ channel, ...plainFigures(of.map(wholeOrder), outliers) })),
    ),
  )

  expect(rounded(await listStations(db, scope, params))).toEqual(
    rounded(
      STATIONS.map((station) => ({ station, parts: found.flatMap((order) => stationPart(order, station)) }))
        .filter(({ parts }) => parts.length > 0)
        .map(({ station, parts }) => {
          const { recalls: _, averageCheck: __, ...figures } = plainFigures(parts, outliers)
          const dishes = parts.reduce((sum, part) => sum + part.dishes, 0)
          return { station, dishes, ...figures }
        }),
    ),
  )

  const lines = found
    .filter(({ confirmedAt, status }) => confirmedAt !== null && status !== 'cancelled')
    .flatMap((order) => order.lines)
  const mix = await listProductMix(db, scope, { range })
  expect(
    Object.fromEntries(mix.map(({ menuItemId, units, revenue }) => [menuItemId, { units, revenue }])),
  ).toEqual(
    Object.fromEntries(
      [...new Set(lines.map(({ menuItemId }) => menuItemId))].map((dish) => {
        const own = lines.filter(({ menuItemId }) => menuItemId === dish)
        const sum = (of: 'quantity' | 'subtotal') => own.reduce((total, line) => total + line[of], 0)
        return [dish, { units: sum('quantity'), revenue: sum('subtotal') }]
      }),
    ),
  )
}

const ordersOf = ({ scope }: BusyKitchen) =>
  raw.filter(({ restaurantId }) => restaurantId === scope.restaurant.id)

/** A random range around the days of a restaurant that have orders, days without any included. */
function rangeAround({ dates }: BusyKitchen): DateRange {
  const [first = '', last = ''] = [dates.at(0), dates.at(-1)]
  return { from: addDays(first, -Math.floor(8 * draw())), to: addDays(last, Math.floor(6 * draw()) - 1) }
}

async function compareAll(of: readonly BusyKitchen[] = kitchens): Promise<void> {
  for (const kitchen of of)
    await compare(
      reportOf(kitchen),
      ordersOf(kitchen),
      rangeAround(kitchen),
      draw() < 0.5 ? 'included' : 'excluded',
    )
  const own = new Set(some().restaurantIds)
  const ofSome = raw.filter(({ restaurantId }) => own.has(restaurantId))
  // Whole months, which have sums of their own, with some days around them; and a part of two months.
  for (const range of [
    { from: '2026-02-26', to: '2026-04-12' },
    { from: '2025-10-01', to: '2025-10-31' },
    { from: '2025-10-20', to: '2025-11-09' },
  ]) {
    await compare(some(), ofSome, range, 'included')
    await compare(chain(), raw, range, 'excluded')
  }
}

/** What holds of all of them need not be asked of each of them again. */
const sample = () => kitchens.filter(() => draw() < 0.2)

const stored = async () => {
  const rows = await database.db.execute<{ days: number; recomputed: number }>(sql`
    select count(*)::int as days, (count(recomputed_at))::int as recomputed from daily_kitchen_metrics`)
  return rows[0] ?? expect.fail()
}

describe(`the figures of 50 restaurants with random orders (${SEED}) equal a recount`, () => {
  test('while no day is closed', () => compareAll(), MINUTES)

  test(
    'once all days are closed, each restaurant by its own clock, and closing again finds nothing',
    async () => {
      const { closed, recomputed } = await closeKitchenDays(database.db, system, { now: NOW })
      expect(recomputed).toBe(0)
      expect(await stored()).toEqual({ days: closed, recomputed: 0 })
      const [gaps] = await database.db.execute<{ n: number }>(sql`
      select count(*)::int as n from kitchen_rollups k
      where (select count(*) from daily_kitchen_metrics m where m.restaurant_id = k.restaurant_id)
        <> k.through - (select min(business_date) from orders o where o.restaurant_id = k.restaurant_id) + 1`)
      expect(gaps?.n).toBe(0)
      await compareAll()
      expect(await closeKitchenDays(database.db, system, { now: NOW })).toEqual({ closed: 0, recomputed: 0 })
    },
    MINUTES,
  )

  test('of each restaurant beside the others', async () => {
    const range = { from: '2026-03-01', to: '2026-03-31' }
    const rows = await listRestaurantFigures(database.db, some(), { range, outliers: 'excluded' })
    expect(rows.map(({ restaurantId }) => restaurantId)).toEqual(some().restaurantIds)
    for (const { restaurantId, ...figures } of rows) {
      const own = raw.filter((order) => order.restaurantId === restaurantId).filter(within(range))
      const { medianMinutes: _, p90Minutes: __, ...expected } = plainFigures(own.map(wholeOrder), 'excluded')
      expect(rounded(figures)).toEqual(rounded(expected))
    }
  })

  test('after orders of closed days changed, and the days that differ say so', async () => {
    const late = raw.filter(({ status, total }) => status === 'confirmed' && total > 0).slice(0, 9)
    expect(late).toHaveLength(9)
    await database.db.transaction(async (tx) => {
      for (const { restaurantId, businessDate, createdAt } of late)
        await tx.execute(sql`
          with cancelled as (
            update orders set status = 'cancelled', cancelled_at = now()
            where restaurant_id = ${restaurantId} and business_date = ${businessDate} and status = 'confirmed'
              and created_at = ${new Date(createdAt).toISOString()}::timestamptz
            returning id
          ), feed as (
            update kitchen_feed set seq = seq + 1 where restaurant_id = ${restaurantId} returning seq
          )
          insert into order_events (restaurant_id, seq, order_id, kind, to_status)
          select ${restaurantId}::int, feed.seq, cancelled.id, 'cancelled', 'cancelled' from cancelled, feed`)
    })
    raw = await readRawOrders(database.db)
    const days = new Set(late.map(({ restaurantId, businessDate }) => `${restaurantId} ${businessDate}`))
    expect(await closeKitchenDays(database.db, system, { now: NOW })).toEqual({
      closed: 0,
      recomputed: days.size,
    })
    const marked = await database.db.execute<{ day: string }>(sql`
      select restaurant_id || ' ' || business_date as day from daily_kitchen_metrics
      where recomputed_because = 'order_changed' and recomputed_at is not null`)
    expect(marked.map(({ day }) => day).sort()).toEqual([...days].sort())
    await compareAll(sample())
  })

  test('and computing them again on request changes nothing and marks nothing', async () => {
    const before = await stored()
    const { stored: computed } = await storeKitchenMetrics(database.db, system, {
      from: '2026-03-01',
      to: '2026-03-31',
    })
    expect(computed).toBeGreaterThan(500)
    expect(await stored()).toEqual(before)
    await compareAll(sample())
  })

  test('and outlive their orders', async () => {
    await database.db.execute(sql`delete from orders where business_date < '2026-01-01'`)
    await storeKitchenMetrics(database.db, system, { from: '2025-10-01', to: '2025-12-31' })
    await compareAll(sample())
  })
})

test('two that close at once close each day once, and the chain’s sums hold all of it', async () => {
  const later = await addBusyKitchens(database.db, 4, draw)
  const runs = await Promise.all([
    closeKitchenDays(database.db, system, { now: NOW }),
    closeKitchenDays(database.db, system, { now: NOW }),
  ])
  expect(runs.map(({ closed }) => closed)).toContain(0)
  kitchens = [...kitchens, ...later]
  raw = [
    ...raw,
    ...(await readRawOrders(database.db)).filter(({ restaurantId }) =>
      later.some(({ scope }) => scope.restaurant.id === restaurantId),
    ),
  ]
  await compare(chain(), raw, { from: '2026-03-05', to: '2026-04-12' }, 'included')
})

test('each report is one statement, and the days of one restaurant are two', async () => {
  const range = { from: '2026-03-01', to: '2026-03-31' }
  const params = { range, outliers: 'included' as const }
  const scope = reportOf(kitchens[0] ?? expect.fail())
  const counted = async (work: () => Promise<unknown>) => (await countQueries(work)).queries
  expect(await counted(() => getFigures(database.db, scope, { ranges: [range], outliers: 'included' }))).toBe(
    1,
  )
  expect(await counted(() => listDays(database.db, scope, params))).toBe(2)
  expect(await counted(() => getHeatMap(database.db, scope, params))).toBe(1)
  expect(await counted(() => listStations(database.db, scope, params))).toBe(1)
  expect(await counted(() => listProductMix(database.db, scope, { range }))).toBe(1)
})
