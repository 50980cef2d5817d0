import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type OrderInput, orderChange, orderInput } from '@/domain/order-input'
import { type ChainScope, chainScope, type Person } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import { anonymiseCustomer } from '../mutations/customers'
import { changeOrder } from '../mutations/order-changes'
import { placeOrder } from '../mutations/order-placement'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { press } from '../testing/orders'
import { type CustomerOrder, getCustomer, listCustomerOrders, searchCustomers } from './customers'

const database = testDatabase()
let here: KitchenScope
let there: KitchenScope

const personOf = (role: Role, ...kitchens: KitchenScope[]) =>
  ({
    userId: 1,
    role,
    restaurants: kitchens.map(({ restaurant }) => restaurant),
  }) as unknown as Person
const reader = (...kitchens: KitchenScope[]): ChainScope<'customers:read'> =>
  chainScope(personOf('manager', ...kitchens), 'customers:read') ?? expect.fail()
const admin = (): ChainScope<'customers:read'> =>
  chainScope(personOf('admin', here, there), 'customers:read') ?? expect.fail()
const forgetter = (): ChainScope<'customers:anonymise'> =>
  chainScope(personOf('admin', here, there), 'customers:anonymise') ?? expect.fail()

beforeAll(async () => {
  await addChain(database.db)
  here = await addKitchen(database.db)
  there = await addKitchen(database.db)
})

/** An order of one water with words in every place that takes some. */
async function orderFor(
  scope: KitchenScope,
  customer: OrderInput['customer'],
  more: { placeOrName?: string; quantity?: number; key?: string } = {},
): Promise<string> {
  const placed = await place(scope, customer, more)
  return placed.ok ? placed.orderId : expect.fail()
}

function place(
  scope: KitchenScope,
  customer: OrderInput['customer'],
  {
    placeOrName = customer?.name ?? '',
    quantity = 1,
    key = randomUUID(),
  }: { placeOrName?: string; quantity?: number; key?: string },
) {
  const input = orderInput.parse({
    ...{
      channel: 'delivery',
      placeOrName,
      customer,
      specialInstructions: `Fourth floor, ring at ${customer?.name}`,
    },
    lines: [{ menuItemId: 3, quantity, specialRequests: `for ${customer?.name}` }],
  })
  return placeOrder(database.db, scope, input, { idempotencyKey: key })
}

/** Off every wall, as orders end. */
async function deliver(scope: KitchenScope, orderId: string): Promise<void> {
  for (const from of ['confirmed', 'preparing', 'ready'] as const)
    expect(await press(database.db, scope, { do: 'bump', orderId, from })).toMatchObject({ ok: true })
}

async function customerOf(orderId: string): Promise<number> {
  const [row] = await database.db.execute<{ id: number }>(sql`
    select customer_id::int as id from orders where id = ${orderId}::uuid`)
  return row?.id ?? expect.fail()
}

const found = async (scope: ChainScope<'customers:read'>, words: string) =>
  (await searchCustomers(database.db, scope, { words: words.split(' '), limit: 50 })).customers.map(
    ({ name, orders }) => [name, orders],
  )

describe('searching customers', () => {
  beforeAll(async () => {
    const zoe = { name: 'Zoë Ångström', phone: '+49 151 777', email: 'zoe@example.com' }
    await orderFor(here, zoe)
    await orderFor(there, zoe)
    await orderFor(there, { name: 'Zoë Abroad', phone: '+44 20 777' })
  })

  test('finds pieces of name, number and address, accents and case aside, among who ordered here', async () => {
    const mine = reader(here)
    for (const words of ['zoe', 'ANGSTR', '777', 'zoe@example', 'zoe 151'])
      expect(await found(mine, words)).toEqual([['Zoë Ångström', 1]])
    expect(await found(mine, 'abroad')).toEqual([])
    expect(await found(mine, 'zoe nobody')).toEqual([])
    expect(await found(reader(here, there), 'zoe')).toEqual([
      ['Zoë Abroad', 1],
      ['Zoë Ångström', 2],
    ])
  })

  test('finds nobody by what is too short, and takes what people type for what it is', async () => {
    for (const words of ['zo', 'z o ë', '', '%%%', '___', "'--"])
      expect(await found(admin(), words)).toEqual([])
  })

  test('finds who has no order any more for the whole chain alone, and says when there are more', async () => {
    await database.db.execute(sql`insert into customers (name) values ('Orderless One'), ('Orderless Two')`)
    expect(await found(admin(), 'orderless')).toEqual([
      ['Orderless One', 0],
      ['Orderless Two', 0],
    ])
    expect(await found(reader(here, there), 'orderless')).toEqual([])
    const { customers, more } = await searchCustomers(database.db, admin(), {
      words: ['orderless'],
      limit: 1,
    })
    expect([customers.length, more]).toEqual([1, true])
  })
})

describe('a customer', () => {
  const ada = { name: 'Ada Keyset', phone: '0170 99' }
  const placed: string[] = []
  let customerId: number

  beforeAll(async () => {
    for (let n = 1; n <= 5; n++) placed.push(await orderFor(n === 3 ? there : here, ada, { quantity: n }))
    customerId = await customerOf(placed[0] ?? '')
    await deliver(here, placed[0] ?? '')
  })

  test('is shown with what they ordered in the restaurants of the reader', async () => {
    expect(await getCustomer(database.db, reader(here), customerId)).toMatchObject({
      ...{ ...ada, email: null, anonymisedAt: null },
      ...{ orders: 4, cancelled: 0, restaurants: 1, spent: 300 * (1 + 2 + 4 + 5), open: 4 },
    })
    expect(await getCustomer(database.db, reader(there), customerId)).toMatchObject({ orders: 1, spent: 900 })
    expect(await getCustomer(database.db, reader(await addKitchen(database.db)), customerId)).toBeNull()
    expect(await getCustomer(database.db, admin(), 999_999_999)).toBeNull()
  })

  test('has pages that neither skip nor repeat an order, one query each', async () => {
    const pages: string[][] = []
    let before: string | null = null
    while (pages.length < 9) {
      const page = { customerId, before, limit: 2 }
      const counted: { result: CustomerOrder[]; queries: number } = await countQueries(() =>
        listCustomerOrders(database.db, reader(here, there), page),
      )
      const { result, queries } = counted
      expect(queries).toBe(1)
      if (result.length === 0) break
      pages.push(result.map(({ id }) => id))
      before = result.at(-1)?.id ?? null
      // What comes in meanwhile is on no page but the first.
      if (pages.length === 1) await orderFor(here, ada)
    }
    expect(pages).toEqual([[placed[4], placed[3]], [placed[2], placed[1]], [placed[0]]])
    const [third] = await listCustomerOrders(database.db, reader(there), {
      customerId,
      before: null,
      limit: 9,
    })
    expect(third).toMatchObject({
      id: placed[2],
      restaurantSlug: there.restaurant.slug,
      total: 900,
      dishes: ['3 Water'],
      moreLines: 0,
    })
  })
})

describe('anonymising a customer', () => {
  const hopper = { name: 'Hopper', phone: '0170 5', email: 'hopper@example.com' }

  /** Every text of every table that the word stands in. */
  async function tracesOf(word: string): Promise<string[]> {
    const tables = await database.db.execute<{ name: string }>(sql`
      select relname as name from pg_stat_user_tables where schemaname = 'public' order by relname`)
    const traces: string[] = []
    for (const { name } of tables) {
      const [row] = await database.db.execute<{ n: number }>(sql`
        select count(*)::int as n from ${sql.identifier(name)} t where t::text ilike ${`%${word}%`}`)
      if (row && row.n > 0) traces.push(name)
    }
    return traces
  }

  const figures = () =>
    database.db.execute(sql`
      select o.restaurant_id, o.id, o.order_number, o.business_date, o.status, o.channel, o.total, o.created_at,
        o.delivered_at, i.line, i.menu_item_id, i.name, i.quantity, i.unit_price
      from orders o join order_items i on i.restaurant_id = o.restaurant_id and i.order_id = o.id
      order by o.restaurant_id, o.id, i.line`)

  test('waits for orders that are still in a kitchen, then leaves no trace and every figure, and stays', async () => {
    const { db } = database
    const key = randomUUID()
    const first = await orderFor(here, hopper, { key })
    const change = orderChange.parse({
      add: [{ menuItemId: 3, quantity: 2, specialRequests: 'Hopper is thirsty' }],
    })
    expect(await changeOrder(db, here, first, change, { idempotencyKey: randomUUID() })).toMatchObject({
      ok: true,
    })
    await press(db, here, { do: 'acknowledge', orderId: first })
    await deliver(here, first)
    // A wall that was late is told where the ticket is, and one that sends a press again gets the same.
    const late = { do: 'bump', orderId: first, from: 'preparing' }
    expect(await press(db, here, late)).toEqual({ ok: false, reason: 'already_moved', status: 'delivered' })
    expect(await press(db, here, { do: 'tick', orderId: first, line: 99, done: true })).toMatchObject({
      ok: false,
    })
    const second = await orderFor(there, hopper)
    const customerId = await customerOf(first)
    expect(await customerOf(second)).toBe(customerId)

    const before = await tracesOf('hopper')
    expect(before).toEqual(
      expect.arrayContaining(['customers', 'order_events', 'order_items', 'order_requests', 'orders']),
    )
    expect(await anonymiseCustomer(db, forgetter(), { customerId })).toEqual({
      ok: false,
      reason: 'order_open',
    })
    expect(await tracesOf('hopper')).toEqual(before)

    await deliver(there, second)
    const kept = await figures()
    expect(await anonymiseCustomer(db, forgetter(), { customerId })).toEqual({ ok: true })
    expect(await tracesOf('hopper')).toEqual([])
    // Of words alone, so there is nothing in them to forget.
    const answers = await db.execute<{ names: string }>(sql`
      select distinct string_agg(name, ' ' order by name) as names from wall_moves, jsonb_object_keys(answer) name
      group by restaurant_id, id order by 1`)
    expect(answers.map(({ names }) => names)).toEqual(['ok reason status', 'ok status'])
    // The key is not free for another order, and its hash fits no guess.
    expect(await place(here, hopper, { key })).toEqual({ ok: false, reason: 'key_reused' })
    expect(await figures()).toEqual(kept)
    expect(await getCustomer(db, admin(), customerId)).toMatchObject({
      ...{ name: 'Anonymised guest', phone: null, email: null, orders: 2, spent: 300 * 4 },
      anonymisedAt: expect.any(Number),
    })
    expect(await found(admin(), 'hopper')).toEqual([])

    const audit = () =>
      db.execute(sql`
        select user_id as "by", subject_id as id, before, after from audit_log where action = 'customer.anonymised'`)
    const line = { by: 1, id: String(customerId), before: null, after: { orders: 2 } }
    expect(await audit()).toEqual([line])
    expect(await anonymiseCustomer(db, forgetter(), { customerId })).toEqual({ ok: true })
    expect(await audit()).toEqual([line])
    expect(await anonymiseCustomer(db, forgetter(), { customerId: 999_999_999 })).toEqual({
      ok: false,
      reason: 'unknown_customer',
    })
  })
})
