import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person, systemScope } from '@/domain/scope'
import type { OrderStatus } from '@/domain/vocabulary'
import { closeKitchenDays } from '../jobs/kitchen-metrics'
import { countQueries } from '../request-context'
import { orderItems, orders } from '../schema'
import { testDatabase } from '../testing/database'
import { listOverview } from './overview'

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
  const rows = await listOverview(database.db, scope, { now, days: [{ restaurantId, businessDate }] })
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
) {
  const createdAt = new Date(at)
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
      channel: 'dine_in',
      total,
      createdAt,
      confirmedAt,
      preparingAt: status === 'delivered' ? createdAt : null,
      readyAt: status === 'delivered' ? createdAt : null,
      deliveredAt: status === 'delivered' ? createdAt : null,
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
      open: 0,
      oldestSince: null,
      orders: 0,
      revenue: 0,
      usualOrders: null,
      usualRevenue: null,
      tickets: 0,
      lateTickets: 0,
      lowStock: 0,
      alerts: 0,
      screens: 0,
      staleScreens: 0,
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

    // Two of the last four Saturdays had guests; what came after 14:00 there is not "so far".
    await place(BERLIN, '2026-02-28', '2026-02-28T12:59:00Z', 'delivered', 1000)
    await place(BERLIN, '2026-02-28', '2026-02-28T13:01:00Z', 'delivered', 8000)
    await place(BERLIN, '2026-02-28', '2026-02-28T12:00:00Z', 'cancelled', 4000)
    await place(BERLIN, '2026-02-07', '2026-02-07T11:00:00Z', 'delivered', 4001)
    // Another weekday, and a Saturday too long ago.
    await place(BERLIN, '2026-03-05', '2026-03-05T11:00:00Z', 'delivered', 9000)
    await place(BERLIN, '2026-01-31', '2026-01-31T11:00:00Z', 'delivered', 9000)

    await place(FOREIGN, TODAY, '2026-03-07T11:00:00Z', 'confirmed', 3333)

    const { db } = database
    await closeKitchenDays(db, systemScope(), { now: NOW })
    await db.execute(sql`insert into suppliers (name, contact_person, phone, email, address)
      values ('Verde', '', '', '', '')`)
    await db.execute(sql`insert into ingredients (name, unit, unit_price, supplier_id, is_active)
      values ('Basil', 'kg', 10, 1, true), ('Salt', 'kg', 10, 1, true), ('Lard', 'kg', 10, 1, false)`)
    await db.execute(sql`insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par)
      values (${BERLIN}, 1, 3, 3, 9), (${BERLIN}, 2, 4, 3, 9), (${BERLIN}, 3, 0, 3, 9), (${NEW_YORK}, 1, 1, 3, 9),
        (${NEW_YORK}, 2, 1, 3, 9)`)
  })

  test('count open tickets of any date, and the orders and revenue of this one', async () => {
    expect(await overviewOf(BERLIN)).toMatchObject({
      open: 3,
      oldestSince: Date.parse('2026-03-06T22:00:00Z'),
      orders: 2,
      revenue: 3500,
    })
  })

  test('compare with the same weekdays up to this time of day, over the days that had sales', async () => {
    expect(await overviewOf(BERLIN)).toMatchObject({
      usualOrders: 1,
      usualRevenue: Math.round((1000 + 4001) / 2),
    })
  })

  test('compare by the wall clock when the clocks changed in between', async () => {
    // 14:30 in New York is 18:30 UTC on the 14th and was 19:30 UTC a week before: half of the hour from 14:00 on.
    await place(NEW_YORK, TODAY, '2026-03-07T19:20:00Z', 'delivered', 600)
    await place(NEW_YORK, TODAY, '2026-03-07T19:40:00Z', 'delivered', 1000)
    await closeKitchenDays(database.db, systemScope(), { now: new Date('2026-03-14T18:30:00Z') })
    const row = await overviewOf(NEW_YORK, new Date('2026-03-14T18:30:00Z'), '2026-03-14')
    expect(row).toMatchObject({ orders: 0, revenue: 0, usualOrders: 1, usualRevenue: 800 })
  })

  test('compare as much of the day as has passed, up to all of it before the cutoff', async () => {
    const usual = async (at: string) => (await overviewOf(BERLIN, new Date(at))).usualOrders
    // Two Saturdays: at 12, 13 and 14 o'clock by the wall there were 1, 2 and 3 orders so far.
    expect(await usual('2026-03-07T03:00:00Z')).toBe(0)
    expect(await usual('2026-03-07T12:15:00Z')).toBe((1 + 1 / 4) / 2)
    expect(await usual('2026-03-07T13:30:00Z')).toBe((2 + 1 / 2) / 2)
    expect(await usual('2026-03-08T02:59:00Z')).toBe(3 / 2)
  })

  test('tell late tickets, screens that are stale, and alerts that nobody answered', async () => {
    const { db } = database
    await db.execute(sql`insert into users (name, email) values ('Ada', 'ada@example.com')`)
    await db.execute(sql`insert into age_thresholds (restaurant_id, channel, amber_minutes, red_minutes)
      values (${BERLIN}, 'dine_in', 1, 2)`)
    const today = sql`restaurant_id = ${BERLIN} and business_date = ${TODAY} and status = 'delivered'`
    await db.execute(sql`update orders set ready_at = confirmed_at + interval '2 minutes' where ${today}`)
    await db.execute(sql`insert into devices (restaurant_id, name, secret_hash, approved_by, last_seen_at, revoked_at)
      values (${BERLIN}, 'Grill', '1', 1, now(), null), (${BERLIN}, 'Pass', '2', 1, now() - interval '3 minutes', null),
        (${BERLIN}, 'New', '3', 1, null, null), (${BERLIN}, 'Old', '4', 1, null, now())`)
    await db.execute(sql`
      insert into stock_alerts (restaurant_id, id, ingredient_id, kind, on_hand, acknowledged_at, snoozed_until)
      values (${BERLIN}, gen_random_uuid(), 1, 'low', 0, null, null),
        (${BERLIN}, gen_random_uuid(), 1, 'out', 0, null, null),
        (${BERLIN}, gen_random_uuid(), 2, 'low', 0, now(), now() - interval '1 minute'),
        (${BERLIN}, gen_random_uuid(), 3, 'low', 0, now(), null)`)
    expect(await overviewOf(BERLIN)).toMatchObject({
      tickets: 1,
      lateTickets: 1,
      screens: 3,
      staleScreens: 2,
      alerts: 2,
    })
    await db.execute(sql`update orders set ready_at = confirmed_at + interval '119 seconds' where ${today}`)
    expect(await overviewOf(BERLIN)).toMatchObject({ tickets: 1, lateTickets: 0 })
  })

  test('count ingredients at their minimum, without those no longer used', async () => {
    expect((await overviewOf(BERLIN)).lowStock).toBe(1)
    expect((await overviewOf(NEW_YORK)).lowStock).toBe(2)
  })

  test('show only what the scope holds, whatever is asked for', async () => {
    const rows = await listOverview(database.db, scope, {
      now: NOW,
      days: [...DAYS, { restaurantId: FOREIGN, businessDate: TODAY }],
    })
    expect(rows.map((row) => row.restaurantId).sort()).toEqual([BERLIN, NEW_YORK])
  })

  test('take one query, however many there are', async () => {
    for (const days of [DAYS.slice(0, 1), DAYS]) {
      const { queries } = await countQueries(() => listOverview(database.db, scope, { now: NOW, days }))
      expect(queries).toBe(1)
    }
  })
})
