import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { addDays, businessDate } from '@/domain/business-day'
import { chainScope, type Person, systemScope } from '@/domain/scope'
import { withUsual } from '@/domain/usual-sales'
import { OPEN_STATUSES } from '@/domain/vocabulary'
import { closeKitchenDays } from '../jobs/kitchen-metrics'
import { addBusyKitchens, type BusyKitchen, draws } from '../testing/busy-kitchens'
import { testDatabase } from '../testing/database'
import { addChain } from '../testing/kitchen'
import { hourOf, type RawOrder, readRawOrders } from '../testing/plain-figures'
import { listOverview } from './overview'
import { listUsualSales } from './usual-sales'

const database = testDatabase()
const draw = draws(20261124)
const HOUR_MS = 3_600_000
let kitchens: BusyKitchen[] = []
let raw: RawOrder[] = []
/** Minutes by restaurant and channel, where a channel has its own. */
let ownAmber: Map<string, number>

beforeAll(async () => {
  const { db } = database
  await addChain(db)
  kitchens = await addBusyKitchens(db, 50, draw)
  raw = await readRawOrders(db)
  const rows = await db.execute<{ key: string; minutes: number }>(
    sql`select restaurant_id || channel as key, amber_minutes as minutes from age_thresholds`,
  )
  ownAmber = new Map(rows.map(({ key, minutes }) => [key, minutes]))
  await closeKitchenDays(db, systemScope(), { now: new Date('2026-05-01T12:00:00Z') })
})

const scopeOf = (role: 'admin' | 'manager') =>
  chainScope({
    userId: 1,
    role,
    restaurants: kitchens.map(({ scope }) => scope.restaurant),
  } as unknown as Person) ?? expect.fail()

const isSold = ({ confirmedAt, status }: RawOrder) => confirmedAt !== null && status !== 'cancelled'

/** What a restaurant's orders come to on a business date, counted one by one. */
function plainToday({ scope: { restaurant } }: BusyKitchen, date: string, now: number) {
  const own = raw.filter(({ restaurantId }) => restaurantId === restaurant.id)
  const sold = own.filter((order) => order.businessDate === date && isSold(order))
  const open = own
    .filter(({ status }) => (OPEN_STATUSES as readonly string[]).includes(status))
    .map((order) => ({ ...order, since: order.confirmedAt ?? order.createdAt }))
  const isLate = (order: RawOrder) =>
    (order.confirmedAt ?? 0) + order.redMinutes * 60_000 <= (order.readyAt ?? now)
  const amber = (order: RawOrder) => ownAmber.get(`${order.restaurantId}${order.channel}`) ?? 5
  const late = open.filter(({ since, redMinutes }) => since + redMinutes * 60_000 <= now)
  const due = open.filter((order) => order.since + amber(order) * 60_000 <= now)
  return {
    restaurantId: restaurant.id,
    open: open.length,
    openLate: late.length,
    openDue: due.length - late.length,
    oldestSince: open.length === 0 ? null : Math.min(...open.map(({ since }) => since)),
    judged: sold.filter((order) => order.readyAt !== null || isLate(order)).length,
    late: sold.filter(isLate).length,
    orders: sold.length,
    revenue: sold.reduce((sum, { total }) => sum + total, 0),
    ...plainUsual(own, restaurant, date, now),
  }
}

/** The same weekdays before, hour by hour of the wall clock since that of the day cutoff. */
function plainUsual(
  own: readonly RawOrder[],
  { timeZone, dayCutoff }: { timeZone: string; dayCutoff: string },
  date: string,
  now: number,
) {
  const cutoffHour = Number(dayCutoff.slice(0, 2))
  const wall = Date.parse(`${new Date(now).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`)
  const since = Math.max(0, (wall - Date.parse(`${date}T${dayCutoff.slice(0, 2)}:00:00Z`)) / HOUR_MS)
  const slotOf = (order: RawOrder) => (hourOf(order) - cutoffHour + 24) % 24
  const shareOf = (order: RawOrder) => Math.min(1, Math.max(0, since - slotOf(order)))
  const days = [7, 14, 21, 28]
    .map((before) => own.filter((order) => order.businessDate === addDays(date, -before) && isSold(order)))
    .filter((orders) => orders.length > 0)
  const average = (of: (order: RawOrder) => number) =>
    days.length === 0
      ? null
      : days.flat().reduce((sum, order) => sum + of(order) * shareOf(order), 0) / days.length
  const revenue = average(({ total }) => total)
  return {
    usualOrders: average(() => 1),
    usualRevenue: revenue === null ? null : Math.floor(revenue + 0.5),
  }
}

const toMillionth = (value: number | null) => (value === null ? null : Math.round(value * 1e6) / 1e6)

/** Around the changes of the clocks, and one and two weeks later, when there are same weekdays to compare with. */
const MOMENTS = ['2025-10-26', '2025-11-02', '2026-03-08', '2026-03-20', '2026-03-29', '2026-04-05'].flatMap(
  (day) =>
    [-1, 0, 6, 7, 14].map((after) => [
      new Date(Date.parse(addDays(day, after)) + Math.floor(draw() * 24 * HOUR_MS))
        .toISOString()
        .slice(0, 19),
    ]),
)

test.each(MOMENTS)(
  'at %s the overview of 50 restaurants equals a recount of their orders, for an admin and for a manager',
  async (moment) => {
    const now = new Date(`${moment}Z`)
    const days = kitchens.map(({ scope: { restaurant } }) => ({
      restaurantId: restaurant.id,
      businessDate: businessDate(now, restaurant.timeZone, restaurant.dayCutoff),
    }))
    const expected = kitchens.map((kitchen, n) =>
      plainToday(kitchen, days[n]?.businessDate ?? '', now.getTime()),
    )
    for (const role of ['admin', 'manager'] as const) {
      const today = await listOverview(database.db, scopeOf(role), { now, days })
      const rows = withUsual(today, await listUsualSales(database.db, scopeOf(role), today))
      const found = new Map(rows.map((row) => [row.restaurantId, row]))
      expect(rows.length).toBe(kitchens.length)
      for (const { usualOrders, ...plain } of expected) {
        expect(found.get(plain.restaurantId)).toMatchObject(plain)
        expect(toMillionth(found.get(plain.restaurantId)?.usualOrders ?? null)).toBe(toMillionth(usualOrders))
      }
    }
  },
)

test('there was something to count: open and late tickets, sales, and days to compare with', () => {
  const all = MOMENTS.flatMap(([moment]) => {
    const now = new Date(`${moment}Z`)
    return kitchens.map((kitchen) => {
      const { timeZone, dayCutoff } = kitchen.scope.restaurant
      return plainToday(kitchen, businessDate(now, timeZone, dayCutoff), now.getTime())
    })
  })
  for (const figure of ['openLate', 'judged', 'late', 'orders', 'usualOrders'] as const)
    expect(all.filter((row) => (row[figure] ?? 0) > 0).length).toBeGreaterThan(20)
  expect(
    all.filter(({ usualOrders }) => usualOrders !== null && usualOrders % 1 !== 0).length,
  ).toBeGreaterThan(5)
})
