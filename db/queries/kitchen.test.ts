import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person, restaurantScope } from '@/domain/scope'
import { CHANNELS, type OrderStatus } from '@/domain/vocabulary'
import { countQueries } from '../request-context'
import { orderItems, orders } from '../schema'
import { testDatabase } from '../testing/database'
import { countOpenTickets, getKitchenDay } from './kitchen'
import { ordersByRestaurant, pendingOrders, todaysOrders } from './order-lists'

const TODAY = '2026-03-14'
const YESTERDAY = '2026-03-13'
const NOON = Date.parse('2026-03-14T12:00:00Z')
const HERE = 1
const THERE = 2

const database = testDatabase()

const person = {
  userId: 1,
  role: 'kitchen',
  restaurants: [{ id: HERE, slug: 'here' }],
} as unknown as Person
const scope = restaurantScope(person, 'here') ?? expect.fail()
const chain = chainScope(person) ?? expect.fail()

type Line = { dish: number; quantity: number }
type Placed = {
  restaurant?: number
  date?: string
  status: OrderStatus
  /** Seconds after noon. */
  created: number
  confirmed?: number
  ready?: number
  lines: Line[]
}

const DISHES = [
  'Risotto',
  'Tagliata',
  'Burger',
  'Sea bass',
  'Fries',
  'Soup',
  'Salad',
  'Pizza',
  'Pasta',
  'Tart',
  'Cake',
  'Pie',
]
const price = (dish: number) => 500 + dish * 125
let callNumber = 0

/** Places an order as the day went: the timestamps follow from the status. */
async function place({ restaurant = HERE, date = TODAY, status, created, confirmed, ready, lines }: Placed) {
  const at = (second: number | undefined) => (second === undefined ? null : new Date(NOON + second * 1000))
  const cooked = status === 'ready' || status === 'delivered'
  const fired =
    status === 'pending' || (status === 'cancelled' && confirmed === undefined)
      ? undefined
      : (confirmed ?? created)
  const id = uuidv7({ msecs: NOON + created * 1000 })
  await database.db.transaction(async (tx) => {
    await tx.insert(orders).values({
      restaurantId: restaurant,
      id,
      orderNumber: `ORD${date.replaceAll('-', '')}${randomBytes(4).toString('hex').toUpperCase()}`,
      businessDate: date,
      callNumber: ++callNumber,
      status,
      channel: CHANNELS[callNumber % 3] ?? 'dine_in',
      total: lines.reduce((sum, { dish, quantity }) => sum + price(dish) * quantity, 0),
      createdAt: new Date(NOON + created * 1000),
      confirmedAt: at(fired),
      preparingAt: status === 'preparing' || cooked ? at(fired) : null,
      readyAt: cooked || ready !== undefined ? at(ready ?? created) : null,
      deliveredAt: status === 'delivered' ? at(ready ?? created) : null,
      cancelledAt: status === 'cancelled' ? at(created) : null,
    })
    await tx.insert(orderItems).values(
      lines.map(({ dish, quantity }, index) => ({
        restaurantId: restaurant,
        orderId: id,
        line: index + 1,
        menuItemId: dish + 1,
        name: DISHES[dish] ?? '',
        quantity,
        unitPrice: price(dish),
      })),
    )
  })
  return id
}

beforeAll(async () => {
  const { db } = database
  await db.execute(sql`insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
    values ('Here', 'here', '', '', '11:00', '23:00', 'UTC'), ('There', 'there', '', '', '11:00', '23:00', 'UTC')`)
  await db.execute(sql`insert into categories (name) values ('Mains')`)
  for (const [index, name] of DISHES.entries()) {
    await db.execute(sql`insert into menu_items (name, description, price, category_id, preparation_time, station)
      values (${name}, '', ${price(index)}, 1, 10, 'grill')`)
  }
})

describe('a kitchen before its first order', () => {
  test('has a day of zeros without times, and no open tickets', async () => {
    expect(await getKitchenDay(database.db, scope, TODAY)).toEqual({
      counts: { pending: 0, confirmed: 0, preparing: 0, ready: 0, delivered: 0, cancelled: 0 },
      revenue: 0,
      averagePrepSeconds: null,
      medianPrepSeconds: null,
      topDishes: [],
    })
    expect(await countOpenTickets(database.db, chain)).toEqual([])
  })
})

describe('a kitchen in service', () => {
  const placed: (Placed & { id: string })[] = []

  beforeAll(async () => {
    const today: Placed[] = [
      {
        status: 'delivered',
        created: -3600,
        confirmed: -3590,
        ready: -3000,
        lines: [{ dish: 0, quantity: 2 }],
      },
      {
        status: 'delivered',
        created: -3500,
        confirmed: -3490,
        ready: -2500,
        lines: [
          { dish: 1, quantity: 1 },
          { dish: 4, quantity: 2 },
        ],
      },
      { status: 'ready', created: -700, confirmed: -690, ready: -60, lines: [{ dish: 2, quantity: 3 }] },
      // Cancelled by the guest before, and by the kitchen after it was confirmed: neither is revenue.
      { status: 'cancelled', created: -900, lines: [{ dish: 3, quantity: 9 }] },
      { status: 'cancelled', created: -950, confirmed: -940, lines: [{ dish: 3, quantity: 9 }] },
      {
        status: 'preparing',
        created: -400,
        confirmed: -390,
        lines: [
          { dish: 0, quantity: 1 },
          { dish: 5, quantity: 1 },
        ],
      },
      { status: 'confirmed', created: -120, confirmed: -110, lines: [{ dish: 6, quantity: 1 }] },
      { status: 'pending', created: -30, lines: [{ dish: 7, quantity: 4 }] },
      { status: 'pending', created: -20, lines: DISHES.map((_, dish) => ({ dish, quantity: 1 })) },
    ]
    const elsewhere: Placed[] = [
      {
        date: YESTERDAY,
        status: 'delivered',
        created: -80000,
        confirmed: -79000,
        ready: -70000,
        lines: [{ dish: 8, quantity: 50 }],
      },
      {
        date: YESTERDAY,
        status: 'preparing',
        created: -50000,
        confirmed: -49000,
        lines: [{ dish: 8, quantity: 1 }],
      },
      {
        restaurant: THERE,
        status: 'delivered',
        created: -3600,
        confirmed: -3000,
        ready: -10,
        lines: [{ dish: 9, quantity: 99 }],
      },
      {
        restaurant: THERE,
        status: 'preparing',
        created: -40000,
        confirmed: -39000,
        lines: [{ dish: 9, quantity: 1 }],
      },
    ]
    // Stored out of order: the order of the lists must come from the queries.
    for (const order of [...elsewhere, ...today.reverse()]) placed.push({ ...order, id: await place(order) })
  })

  const mine = () => placed.filter((order) => (order.restaurant ?? HERE) === HERE)
  const mineToday = () => mine().filter((order) => (order.date ?? TODAY) === TODAY)

  test('counts the day by status', async () => {
    const { counts } = await getKitchenDay(database.db, scope, TODAY)
    for (const [status, count] of Object.entries(counts)) {
      expect(count, status).toBe(mineToday().filter((order) => order.status === status).length)
    }
    expect(counts).toEqual({ pending: 2, confirmed: 1, preparing: 1, ready: 1, delivered: 2, cancelled: 2 })
  })

  test('counts as revenue what was confirmed and not cancelled', async () => {
    const { revenue } = await getKitchenDay(database.db, scope, TODAY)
    const earned = mineToday().filter(({ status }) => status !== 'pending' && status !== 'cancelled')
    const lines = earned.flatMap((order) => order.lines)
    expect(revenue).toBe(lines.reduce((sum, { dish, quantity }) => sum + price(dish) * quantity, 0))
    expect(revenue).toBeGreaterThan(0)
  })

  test('measures ticket times from fired to ready', async () => {
    const { averagePrepSeconds, medianPrepSeconds } = await getKitchenDay(database.db, scope, TODAY)
    const times = mineToday()
      .flatMap(({ confirmed, ready }) =>
        confirmed !== undefined && ready !== undefined ? [ready - confirmed] : [],
      )
      .sort((a, b) => a - b)
    expect(times).toEqual([590, 630, 990])
    expect(averagePrepSeconds).toBeCloseTo(times.reduce((a, b) => a + b) / times.length)
    expect(medianPrepSeconds).toBe(630)
  })

  test('ranks ten dishes by units ordered today, cancelled orders left out', async () => {
    const { topDishes } = await getKitchenDay(database.db, scope, TODAY)
    const units = new Map<number, number>()
    for (const { lines } of mineToday().filter((order) => order.status !== 'cancelled')) {
      for (const { dish, quantity } of lines) units.set(dish, (units.get(dish) ?? 0) + quantity)
    }
    const expected = [...units]
      .map(([dish, count]) => ({ menuItemId: dish + 1, name: DISHES[dish] ?? '', units: count }))
      .sort((a, b) => b.units - a.units || (a.name < b.name ? -1 : 1))
      .slice(0, 10)
    expect(topDishes).toEqual(expected)
    expect(topDishes).toHaveLength(10)
  })

  test('counts the open tickets of any date, and those of no restaurant outside the scope', async () => {
    const open = mine().filter(({ status }) => status !== 'delivered' && status !== 'cancelled')
    expect(await countOpenTickets(database.db, chain)).toEqual([
      { restaurantId: HERE, open: open.length, oldestCreatedAt: NOON - 50_000_000 },
    ])
  })

  test('finds today’s orders in the order they were called, page after page', async () => {
    const first = await todaysOrders(database.db, scope, { businessDate: TODAY, limit: 4 })
    const after = first.at(-1)?.callNumber ?? 0
    const rest = await todaysOrders(database.db, scope, { businessDate: TODAY, after, limit: 100 })
    // `placed` is in the order in which the call numbers were given.
    expect([...first, ...rest].map((order) => order.id)).toEqual(mineToday().map((order) => order.id))
  })

  test('finds what is pending or preparing, the oldest first', async () => {
    const expected = mine()
      .filter(({ status }) => status === 'pending' || status === 'preparing')
      .sort((a, b) => a.created - b.created)
    const found = await pendingOrders(database.db, scope, { limit: 100 })
    expect(found.map((order) => order.id)).toEqual(expected.map((order) => order.id))
    expect(await pendingOrders(database.db, scope, { limit: 2 })).toEqual(found.slice(0, 2))
  })

  test('finds the orders of a restaurant, the newest first, page after page', async () => {
    const first = await ordersByRestaurant(database.db, scope, { limit: 5 })
    const before = first.at(-1)?.id ?? ''
    const rest = await ordersByRestaurant(database.db, scope, { before, limit: 100 })
    const expected = mine().sort((a, b) => b.created - a.created)
    expect([...first, ...rest].map((order) => order.id)).toEqual(expected.map((order) => order.id))
  })

  test('asks once for the day, of fifty orders as of five', async () => {
    const ask = () => countQueries(() => getKitchenDay(database.db, scope, TODAY))
    const few = await ask()
    for (let extra = 0; extra < 45; extra++) {
      await place({ status: 'preparing', created: extra, lines: [{ dish: extra % 12, quantity: 1 }] })
    }
    const many = await ask()
    expect(many.result.counts.preparing).toBe(few.result.counts.preparing + 45)
    expect([few.queries, many.queries]).toEqual([1, 1])
  })
})
