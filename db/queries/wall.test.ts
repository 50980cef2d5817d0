import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { knownFrom, type WallPicture } from '@/domain/live'
import { placeOrder } from '../mutations/order-placement'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, DISHES, type KitchenScope } from '../testing/kitchen'
import { addPastOrder, type PastOrder } from '../testing/past-orders'
import { readFeeds, takeWall, wallChanges } from './wall'

const database = testDatabase()
let here: KitchenScope
let there: KitchenScope
let keys = 0

beforeAll(async () => {
  await addChain(database.db)
  here = await addKitchen(database.db)
  there = await addKitchen(database.db)
})

type Dish = keyof typeof DISHES

async function place(scope: KitchenScope, dishes: Dish[], note = ''): Promise<string> {
  const lines = dishes.map((dish) => ({ menuItemId: DISHES[dish].id, quantity: 2, specialRequests: note }))
  const order = { channel: 'delivery', placeOrName: 'Ada', specialInstructions: '', lines } as const
  const placed = await placeOrder(database.db, scope, order as never, { idempotencyKey: `key-${++keys}` })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.orderId
}

/** Writes in one transaction with the feed's next number, as every mutation does. */
async function change(scope: KitchenScope, statement: ReturnType<typeof sql>, event?: string): Promise<void> {
  const { id } = scope.restaurant
  await database.db.transaction(async (tx) => {
    await tx.execute(statement)
    const [fed] = await tx.execute<{ seq: string }>(
      sql`update kitchen_feed set seq = seq + 1 where restaurant_id = ${id} returning seq`,
    )
    if (event)
      await tx.execute(sql`insert into order_events (restaurant_id, seq, order_id, kind, to_status)
        values (${id}, ${fed?.seq}, ${event}, 'acknowledged', 'cancelled')`)
  })
}

const cancel = (scope: KitchenScope, id: string, unacknowledged: string | null) =>
  change(
    scope,
    sql`update orders set status = 'cancelled', cancelled_at = now(), unacknowledged = ${unacknowledged}::text::jsonb
      where restaurant_id = ${scope.restaurant.id} and id = ${id}`,
    id,
  )

const idsOf = ({ tickets }: Pick<WallPicture, 'tickets'>) => tickets.map((ticket) => ticket.id)

describe('the wall', () => {
  test('has every ticket of its restaurant with all that a cook needs, the oldest first, in one statement', async () => {
    const first = await place(here, ['risotto', 'tagliata'], 'no onions')
    const second = await place(here, ['water'])
    await place(there, ['water'])
    const { result: wall, queries } = await countQueries(() => takeWall(database.db, here))
    expect(queries).toBe(1)
    expect(idsOf(wall)).toEqual([first, second])
    const [clock] = await database.db.execute<{ now: number }>(
      sql`select (extract(epoch from now()) * 1000)::float8 as now`,
    )
    expect(wall.at).toBeLessThanOrEqual(clock?.now ?? 0)
    expect(wall.tickets[0]).toEqual({
      id: first,
      callNumber: 1,
      status: 'confirmed',
      channel: 'delivery',
      placeOrName: 'Ada',
      specialInstructions: '',
      createdAt: expect.any(Number),
      confirmedAt: expect.any(Number),
      readyAt: null,
      promisedAt: null,
      unacknowledged: null,
      items: [
        {
          line: 1,
          menuItemId: DISHES.risotto.id,
          name: 'Risotto',
          quantity: 2,
          station: 'pasta',
          status: 'waiting',
          specialRequests: 'no onions',
        },
        expect.objectContaining({ line: 2, name: 'Tagliata', station: 'grill' }),
      ],
    })
  })

  test('has what is open in any state and of any date, the oldest first, each with its lines in order', async () => {
    const kitchen = await addKitchen(database.db)
    const noon = Date.parse('2026-03-14T12:00:00Z')
    const add = (end: PastOrder['end'], minute: number, date = '2026-03-14') => {
      const lines = [3, 1, 2].map((dish) => ({ dish, quantity: dish, unitPrice: 500 }))
      const createdAt = new Date(noon + minute * 60_000)
      return addPastOrder(database.db, kitchen, { date, createdAt, end, prepSeconds: 600, lines })
    }
    // Tickets are stored out of order; so are their lines, which do not follow the menu either.
    await add('pending', 40)
    await add('ready', 10)
    await add('delivered', 0)
    await add('confirmed', 30)
    await add('cancelled', 5)
    await add('wasted', 6)
    await add('preparing', -900, '2026-03-13')
    await database.db.execute(
      sql`update order_items set special_requests = 'hot' where restaurant_id = ${kitchen.restaurant.id} and line = 1`,
    )
    const { tickets } = await database.db.transaction(async (tx) => {
      // Rows that an index finds are sorted already, also for a query that does not ask for it.
      await tx.execute(sql`set local enable_indexscan = off`)
      await tx.execute(sql`set local enable_bitmapscan = off`)
      return takeWall(tx, kitchen)
    })
    const minutes = (instant: number | null) => instant && (instant - noon) / 60_000
    expect(
      tickets.map(({ status, createdAt, confirmedAt, readyAt }) => [
        status,
        ...[createdAt, confirmedAt, readyAt].map(minutes),
      ]),
    ).toEqual([
      ['preparing', -900, -899.5, null],
      ['ready', 10, 10.5, 20.5],
      ['confirmed', 30, 30.5, null],
      ['pending', 40, null, null],
    ])
    for (const { items } of tickets) {
      expect(items.map(({ line, quantity, specialRequests }) => [line, quantity, specialRequests])).toEqual([
        [1, 3, 'hot'],
        [2, 1, ''],
        [3, 2, ''],
      ])
    }
  })

  test('keeps a cancelled ticket until somebody has acknowledged it', async () => {
    const id = await place(here, ['water'])
    await cancel(here, id, '{"kind":"cancelled"}')
    const wall = await takeWall(database.db, here)
    expect(wall.tickets.at(-1)).toMatchObject({
      id,
      status: 'cancelled',
      unacknowledged: { kind: 'cancelled' },
    })
    await cancel(here, id, null)
    expect(idsOf(await takeWall(database.db, here))).not.toContain(id)
  })

  test('names what is off or counted down, until when, and how many are left', async () => {
    await change(
      here,
      sql`insert into menu_overrides (restaurant_id, menu_item_id, eighty_six_until, portions_left) values
        (${here.restaurant.id}, 1, 'infinity', null), (${here.restaurant.id}, 2, '2100-01-01T00:00Z', null),
        (${here.restaurant.id}, 3, now() - interval '1 minute', null), (${here.restaurant.id}, 4, null, 7)`,
    )
    expect((await takeWall(database.db, here)).off).toEqual([
      { menuItemId: 4, name: 'Oysters', until: null, portionsLeft: 7 },
      { menuItemId: 1, name: 'Risotto', until: null, portionsLeft: null },
      { menuItemId: 2, name: 'Tagliata', until: Date.parse('2100-01-01T00:00Z'), portionsLeft: null },
    ])
    expect((await takeWall(database.db, there)).off).toEqual([])
  })

  test('knows when tickets are due, by channel', async () => {
    await database.db.execute(sql`
      insert into age_thresholds values (${here.restaurant.id}, 'delivery', 15, 25)`)
    expect((await takeWall(database.db, here)).settings).toEqual({
      name: here.restaurant.name,
      timeZone: 'Europe/Rome',
      autoConfirm: true,
      thresholds: {
        dine_in: { amberMinutes: 5, redMinutes: 10 },
        takeaway: { amberMinutes: 5, redMinutes: 10 },
        delivery: { amberMinutes: 15, redMinutes: 25 },
      },
    })
  })

  test('of a restaurant that never had an order is empty and begins at zero', async () => {
    const quiet = await addKitchen(database.db)
    expect(await takeWall(database.db, quiet)).toMatchObject({ seq: 0, tickets: [], off: [] })
    expect(await wallChanges(database.db, quiet, 0)).toMatchObject({
      seq: 0,
      events: [],
      tickets: [],
      gone: [],
    })
  })
})

describe('what a wall has missed', () => {
  const seqNow = async () => (await takeWall(database.db, here)).seq

  test('is nothing while nothing happens', async () => {
    const seq = await seqNow()
    const changes = await wallChanges(database.db, here, seq)
    expect(changes).toMatchObject({ since: seq, seq, events: [], tickets: [], gone: [] })
  })

  test('is the tickets that were touched, those that left, and each event once and in order, in one statement', async () => {
    const since = await seqNow()
    const placed = await place(here, ['water'])
    const left = await place(here, ['water'])
    await cancel(here, left, null)
    const { result: changes, queries } = await countQueries(() => wallChanges(database.db, here, since))
    expect(queries).toBe(1)
    expect(changes?.seq).toBe(since + 3)
    expect(idsOf(changes ?? expect.fail())).toEqual([placed])
    expect(changes?.gone).toEqual([left])
    expect(changes?.events).toEqual([
      { seq: since + 1, n: 0, kind: 'placed', orderId: placed },
      { seq: since + 1, n: 1, kind: 'confirmed', orderId: placed },
      { seq: since + 2, n: 0, kind: 'placed', orderId: left },
      { seq: since + 2, n: 1, kind: 'confirmed', orderId: left },
      { seq: since + 3, n: 0, kind: 'acknowledged', orderId: left },
    ])
  })

  test('is every ticket once something else than an order changed', async () => {
    const since = await seqNow()
    await change(here, sql`update menu_items set station = 'saute' where id = 1`)
    const changes = await wallChanges(database.db, here, since)
    const wall = await takeWall(database.db, here)
    expect(changes).toMatchObject({ tickets: wall.tickets, gone: [], events: [] })
    expect(wall.tickets[0]?.items[0]?.station).toBe('saute')
  })

  test('is not told from another history, nor further back than a thousand numbers', async () => {
    const seq = await seqNow()
    expect(await wallChanges(database.db, here, seq + 1)).toBeNull()
    await database.db.execute(
      sql`update kitchen_feed set seq = seq + 1000 where restaurant_id = ${here.restaurant.id}`,
    )
    expect(await wallChanges(database.db, here, seq)).toMatchObject({ seq: seq + 1000 })
    expect(await wallChanges(database.db, here, seq - 1)).toBeNull()
  })

  test('of another restaurant is never told', async () => {
    const since = (await takeWall(database.db, there)).seq
    await place(here, ['water'])
    expect(await wallChanges(database.db, there, since)).toMatchObject({
      seq: since,
      events: [],
      tickets: [],
    })
  })
})

test('the numbers that walls are confirmed by are read for all restaurants at once', async () => {
  const quiet = await addKitchen(database.db)
  const walls = await Promise.all([here, there].map((scope) => takeWall(database.db, scope)))
  const { result, queries } = await countQueries(() => readFeeds(database.db, [here, there, quiet]))
  expect(queries).toBe(1)
  expect(result.map(({ seq }) => seq)).toEqual([...walls.map((wall) => knownFrom(wall).seq), 0])
})
