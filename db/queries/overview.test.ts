import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person } from '@/domain/scope'
import { withUsual } from '@/domain/usual-sales'
import type { Channel, OrderStatus } from '@/domain/vocabulary'
import { countQueries } from '../request-context'
import { dailyKitchenMetrics, orderItems, orders } from '../schema'
import { testDatabase } from '../testing/database'
import { listOverview } from './overview'
import { listUsualSales } from './usual-sales'

const BERLIN = 1
const NEW_YORK = 2
const FOREIGN = 3
/** A Saturday, 14:00 in Berlin and 08:00 in New York, which changes its clocks that weekend; Berlin does so later. */
const NOW = new Date('2026-03-07T13:00:00Z')
const TODAY = '2026-03-07'
const DAYS = [
  { restaurantId: BERLIN, businessDate: TODAY },
  { restaurantId: NEW_YORK, businessDate: TODAY },
]

const database = testDatabase()
const personOf = (...ids: number[]) =>
  ({ userId: 1, role: 'manager', restaurants: ids.map((id) => ({ id })) }) as unknown as Person
const scope = chainScope(personOf(BERLIN, NEW_YORK)) ?? expect.fail()

const overviewOf = async (restaurantId: number, now = NOW, businessDate = TODAY) => {
  const today = await listOverview(database.db, scope, { now, days: [{ restaurantId, businessDate }] })
  const rows = withUsual(today, await listUsualSales(database.db, scope, today))
  return rows[0] ?? expect.fail(`no row for restaurant ${restaurantId}`)
}

let callNumber = 0

/** An order of one line; `at` is an instant. */
async function place(
  restaurantId: number,
  businessDate: string,
  at: string,
  status: OrderStatus,
  total: number,
  { channel = 'dine_in', readyAt = at }: { channel?: Channel; readyAt?: string } = {},
) {
  const createdAt = new Date(at)
  const ready = new Date(readyAt)
  const id = uuidv7({ msecs: createdAt.getTime() })
  const confirmedAt = status === 'pending' || status === 'cancelled' ? null : createdAt
  await database.db.transaction(async (tx) => {
    await tx.insert(orders).values({
      restaurantId,
      id,
      businessDate,
      orderNumber: `ORD${businessDate.replaceAll('-', '')}${randomBytes(4).toString('hex').toUpperCase()}`,
      callNumber: ++callNumber,
      status,
      channel,
      total,
      createdAt,
      confirmedAt,
      preparingAt: status === 'delivered' ? createdAt : null,
      readyAt: status === 'delivered' ? ready : null,
      deliveredAt: status === 'delivered' ? ready : null,
      cancelledAt: status === 'cancelled' ? createdAt : null,
    })
    await tx.insert(orderItems).values({
      restaurantId,
      orderId: id,
      line: 1,
      menuItemId: 1,
      name: 'Soup',
      quantity: 1,
      unitPrice: total,
    })
  })
}

/** A closed day as its sums hour by hour from 04:00 on; what is missing at the end stays as it was. */
async function close(restaurantId: number, businessDate: string, soFar: [orders: number, revenue: number][]) {
  const hours = Array.from(
    { length: 24 },
    (_, hour) => soFar[Math.min(hour, soFar.length - 1)] ?? ([0, 0] as const),
  )
  await database.db.insert(dailyKitchenMetrics).values({
    ...{ restaurantId, businessDate, ordersByHour: Array(24).fill(0), closedAt: new Date() },
    ordersSoFar: hours.map(([orders]) => orders),
    revenueSoFar: hours.map(([, revenue]) => revenue),
  })
}

/** Nothing until 13:00, then `orders` and `revenue` in that hour, and as much again in the one after. */
const lunch = (orders: number, revenue: number): [number, number][] => [
  ...Array<[number, number]>(9).fill([0, 0]),
  [orders, revenue],
  [2 * orders, 2 * revenue],
]

beforeAll(async () => {
  const { db } = database
  await db.execute(sql`insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
    values ('Berlin', 'berlin', '', '', '11:00', '23:00', 'Europe/Berlin'),
      ('New York', 'new-york', '', '', '11:00', '23:00', 'America/New_York'),
      ('Foreign', 'foreign', '', '', '11:00', '23:00', 'UTC')`)
  await db.execute(sql`insert into categories (name) values ('Mains')`)
  await db.execute(sql`insert into menu_items (name, description, price, category_id, preparation_time, station)
    values ('Soup', '', 500, 1, 10, 'grill')`)
})

describe('a restaurant that has sold nothing yet', () => {
  test('has a row of zeros and nothing to compare with', async () => {
    expect(await overviewOf(BERLIN)).toEqual({
      restaurantId: BERLIN,
      businessDate: TODAY,
      hoursOver: 10,
      hourShare: 0,
      isTrading: true,
      open: 0,
      openLate: 0,
      openDue: 0,
      oldestSince: null,
      judged: 0,
      late: 0,
      orders: 0,
      revenue: 0,
      usualOrders: null,
      usualRevenue: null,
      alerts: 0,
      out: 0,
      screens: 0,
      silent: 0,
      silentSince: null,
    })
  })
})

describe('restaurants in service', () => {
  beforeAll(async () => {
    await place(BERLIN, TODAY, '2026-03-07T11:00:00Z', 'delivered', 2000)
    await place(BERLIN, TODAY, '2026-03-07T12:30:00Z', 'confirmed', 1500)
    await place(BERLIN, TODAY, '2026-03-07T12:50:00Z', 'pending', 900)
    await place(BERLIN, TODAY, '2026-03-07T12:55:00Z', 'cancelled', 700)
    // Left open since the evening before: it is on the wall, and not in today's figures.
    await place(BERLIN, '2026-03-06', '2026-03-06T22:00:00Z', 'confirmed', 5000)

    await place(FOREIGN, TODAY, '2026-03-07T11:00:00Z', 'confirmed', 3333)

    const { db } = database
    await db.execute(sql`insert into suppliers (name, contact_person, phone, email, address)
      values ('Verde', '', '', '', '')`)
    await db.execute(sql`insert into ingredients (name, unit, unit_price, supplier_id, is_active)
      values ('Basil', 'kg', 10, 1, true), ('Salt', 'kg', 10, 1, true), ('Lard', 'kg', 10, 1, false)`)
    await db.execute(sql`insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par)
      select r, i, 0, 3, 9 from generate_series(1, 3) r, generate_series(1, 3) i`)
  })

  test('count open tickets of any date, and the orders and revenue of this one', async () => {
    expect(await overviewOf(BERLIN)).toMatchObject({
      open: 3,
      oldestSince: Date.parse('2026-03-06T22:00:00Z'),
      orders: 2,
      revenue: 3500,
    })
  })

  test('tell late tickets by the thresholds of their channel, open ones and those of today', async () => {
    // It is late from 10 minutes on, with delivery from 30 on.
    await database.db.execute(sql`insert into age_thresholds (restaurant_id, channel, amber_minutes, red_minutes)
      values (${NEW_YORK}, 'delivery', 20, 30)`)
    await place(NEW_YORK, TODAY, '2026-03-07T12:50:00Z', 'confirmed', 100)
    await place(NEW_YORK, TODAY, '2026-03-07T12:51:00Z', 'confirmed', 100)
    await place(NEW_YORK, TODAY, '2026-03-07T12:40:00Z', 'confirmed', 100, { channel: 'delivery' })
    await place(NEW_YORK, TODAY, '2026-03-07T12:41:00Z', 'confirmed', 100, { channel: 'delivery' })
    const at = '2026-03-07T11:00:00Z'
    await place(NEW_YORK, TODAY, at, 'delivered', 100, { readyAt: '2026-03-07T11:09:59Z' })
    await place(NEW_YORK, TODAY, at, 'delivered', 100, { readyAt: '2026-03-07T11:10:00Z' })
    await place(NEW_YORK, TODAY, at, 'delivered', 100, {
      readyAt: '2026-03-07T11:29:59Z',
      channel: 'delivery',
    })
    expect(await overviewOf(NEW_YORK)).toMatchObject({ open: 4, openLate: 1, openDue: 2, judged: 4, late: 2 })
  })

  test('compare with the same weekdays up to this time of day, over the days that had sales', async () => {
    await close(BERLIN, '2026-02-28', lunch(4, 1000))
    await close(BERLIN, '2026-02-07', lunch(2, 4001))
    await close(BERLIN, '2026-02-21', [])
    // Another weekday, and a Saturday too long ago.
    await close(BERLIN, '2026-03-05', lunch(90, 9000))
    await close(BERLIN, '2026-01-31', lunch(90, 9000))
    expect(await overviewOf(BERLIN)).toMatchObject({
      usualOrders: 3,
      usualRevenue: Math.round((1000 + 4001) / 2),
    })
    // A quarter past two: a quarter of what the hour from two to three usually brings has come.
    expect(await overviewOf(BERLIN, new Date('2026-03-07T13:15:00Z'))).toMatchObject({
      usualOrders: 3 + 3 / 4,
      usualRevenue: Math.round((1.25 * (1000 + 4001)) / 2),
    })
    expect(await overviewOf(BERLIN, new Date('2026-03-07T03:30:00Z'))).toMatchObject({ usualRevenue: 0 })
    // After midnight it still is that Saturday, and all of its hours have passed but one.
    expect(await overviewOf(BERLIN, new Date('2026-03-08T01:30:00Z'))).toMatchObject({ usualRevenue: 5001 })
    // Asked a little late for a day that is over: all of it.
    expect(await overviewOf(BERLIN, new Date('2026-03-08T04:45:00Z'))).toMatchObject({ usualRevenue: 5001 })
  })

  test('compare by the wall clock when the clocks changed in between', async () => {
    await close(NEW_YORK, '2026-03-07', lunch(1, 600))
    // 14:00 in New York is 18:00 UTC on the 14th and was 19:00 UTC a week before.
    const row = await overviewOf(NEW_YORK, new Date('2026-03-14T18:00:00Z'), '2026-03-14')
    expect(row).toMatchObject({ orders: 0, revenue: 0, usualOrders: 1, usualRevenue: 600 })
  })

  test('count ingredients with an open alert that nobody said may wait, without those no longer used', async () => {
    const { db } = database
    const alert = (restaurantId: number, ingredient: number, kind: string, more = sql`null, null, null`) =>
      db.execute(sql`
        insert into stock_alerts (restaurant_id, id, ingredient_id, kind, on_hand, cleared_at, acknowledged_at,
          snoozed_until)
        values (${restaurantId}, ${uuidv7()}::uuid, ${ingredient}, ${kind}, 0, ${more})`)
    await alert(BERLIN, 1, 'low')
    await alert(BERLIN, 1, 'out')
    await alert(BERLIN, 2, 'forecast')
    await alert(BERLIN, 3, 'out')
    await alert(NEW_YORK, 1, 'out', sql`now(), null, null`)
    await alert(NEW_YORK, 2, 'low', sql`null, now(), null`)
    await alert(FOREIGN, 1, 'out')
    expect(await overviewOf(BERLIN)).toMatchObject({ alerts: 2, out: 1 })
    expect(await overviewOf(NEW_YORK)).toMatchObject({ alerts: 0, out: 0 })
  })

  test('miss screens that showed their wall before and are silent for two minutes', async () => {
    const { db } = database
    await db.execute(sql`insert into users (name, email) values ('Ada', 'ada@example.com')`)
    await db.execute(sql`
      insert into devices (restaurant_id, name, secret_hash, approved_by, last_seen_at, revoked_at)
      values (${BERLIN}, 'Grill', 'a', 1, '2026-03-07T12:58:01Z', null),
        (${BERLIN}, 'Pass', 'b', 1, '2026-03-07T12:40:00Z', null),
        (${BERLIN}, 'Bar', 'c', 1, '2026-03-07T12:20:00Z', null),
        (${BERLIN}, 'New', 'd', 1, null, null),
        (${BERLIN}, 'Gone', 'e', 1, '2026-03-01T12:00:00Z', now())`)
    expect(await overviewOf(BERLIN)).toMatchObject({
      screens: 3,
      silent: 2,
      silentSince: Date.parse('2026-03-07T12:20:00Z'),
    })
  })

  test('trade between opening and closing time, also past midnight', async () => {
    const { db } = database
    const isOpenAt = async (time: string) => (await overviewOf(BERLIN, new Date(time))).isTrading
    expect(await isOpenAt('2026-03-07T09:59:59Z')).toBe(false)
    expect(await isOpenAt('2026-03-07T10:00:00Z')).toBe(true)
    expect(await isOpenAt('2026-03-07T22:00:00Z')).toBe(false)
    await db.execute(
      sql`update restaurants set opening_time = '18:00', closing_time = '02:00' where id = ${BERLIN}`,
    )
    expect(await isOpenAt('2026-03-07T10:00:00Z')).toBe(false)
    expect(await isOpenAt('2026-03-07T23:30:00Z')).toBe(true)
    expect(await isOpenAt('2026-03-08T01:00:00Z')).toBe(false)
  })

  test('show only what the scope holds, whatever is asked for', async () => {
    const rows = await listOverview(database.db, scope, {
      now: NOW,
      days: [...DAYS, { restaurantId: FOREIGN, businessDate: TODAY }],
    })
    expect(rows.map((row) => row.restaurantId).sort()).toEqual([BERLIN, NEW_YORK])
    await close(FOREIGN, '2026-02-28', lunch(4, 1000))
    const foreign = { restaurantId: FOREIGN, businessDate: TODAY, hoursOver: 10 }
    expect(await listUsualSales(database.db, scope, [foreign])).toEqual([])
  })

  test('take one query, and one for what is usual, however many there are', async () => {
    for (const days of [DAYS.slice(0, 1), DAYS]) {
      const { result, queries } = await countQueries(() =>
        listOverview(database.db, scope, { now: NOW, days }),
      )
      expect(queries).toBe(1)
      expect((await countQueries(() => listUsualSales(database.db, scope, result))).queries).toBe(1)
    }
  })
})
