import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OrderDetails } from '@/domain/api'
import { businessDate } from '@/domain/business-day'
import { type OrderInput, orderInput } from '@/domain/order-input'
import { openSession } from '../client'
import { getOrder } from '../queries/orders'
import { testDatabase } from '../testing/database'
import {
  addChain,
  addKitchen,
  brokenLedger,
  DISHES,
  feedGaps,
  type KitchenScope,
  onHand,
} from '../testing/kitchen'
import { eightySix } from './menu'
import { placeOrder } from './order-placement'

const database = testDatabase('migrated', { max: 10, waitMs: 30_000 })
let keys = 0

beforeAll(() => addChain(database.db))

const order = (lines: [dish: keyof typeof DISHES, quantity: number][], more: object = {}): OrderInput =>
  orderInput.parse({
    channel: 'dine_in',
    placeOrName: 'T4',
    lines: lines.map(([dish, quantity]) => ({ menuItemId: DISHES[dish].id, quantity })),
    ...more,
  })
const place = (scope: KitchenScope, input: OrderInput, idempotencyKey = `key-${++keys}`) =>
  placeOrder(database.db, scope, input, { idempotencyKey })

async function placed(scope: KitchenScope, input: OrderInput, key?: string): Promise<OrderDetails> {
  const result = await place(scope, input, key)
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result)}`)
  return JSON.parse(result.response)
}

const count = async (table: string, scope: KitchenScope): Promise<number> => {
  const [row] = await database.db.execute<{ n: number }>(
    sql`select count(*)::int as n from ${sql.identifier(table)} where restaurant_id = ${scope.restaurant.id}`,
  )
  return row?.n ?? -1
}

describe('placing an order', () => {
  test('stores what was sold, at the menu’s price, and answers as a later read does', async () => {
    const scope = await addKitchen(database.db, { stock: { 1: '5.000', 2: '5.000', 3: '5.000' } })
    const answer = await placed(
      scope,
      order([
        ['risotto', 2],
        ['water', 3],
      ]),
    )
    expect(answer).toMatchObject({
      status: 'confirmed',
      callNumber: 1,
      channel: 'dine_in',
      placeOrName: 'T4',
      total: 2 * 1450 + 3 * 300,
      lines: [
        { line: 1, menuItemId: 1, name: 'Risotto', quantity: 2, unitPrice: 1450, subtotal: 2900 },
        { line: 2, menuItemId: 3, name: 'Water', quantity: 3, unitPrice: 300, subtotal: 900 },
      ],
    })
    expect(answer.orderNumber).toMatch(`ORD${answer.businessDate.replaceAll('-', '')}`)
    expect(answer.confirmedAt).toBe(answer.createdAt)
    expect(await getOrder(database.db, scope, answer.id)).toEqual(answer)
  })

  test('takes the ingredients by recipe card off the stock, through the ledger', async () => {
    const scope = await addKitchen(database.db, { stock: { 1: '5.000', 2: '5.000', 3: '5.000' } })
    const { id } = await placed(
      scope,
      order([
        ['risotto', 2],
        ['tagliata', 3],
        ['risotto', 1],
      ]),
    )
    expect(await onHand(database.db, scope)).toEqual({ 1: '4.100', 2: '4.775', 3: '4.250' })
    const movements = await database.db.execute(sql`
      select ingredient_id as id, kind, quantity, user_id as "user" from stock_movements
      where order_id = ${id}::uuid order by 1`)
    expect(movements).toEqual([
      { id: 1, kind: 'consumed', quantity: '-0.900', user: 1 },
      { id: 2, kind: 'consumed', quantity: '-0.225', user: 1 },
      { id: 3, kind: 'consumed', quantity: '-0.750', user: 1 },
    ])
    expect(await brokenLedger(database.db)).toEqual([])
  })

  test('gives an ingredient that was never stocked here its level, below zero, and says so in the log', async () => {
    const scope = await addKitchen(database.db)
    const { id } = await placed(scope, order([['tagliata', 2]]))
    expect(await onHand(database.db, scope)).toEqual({ 2: '-0.050', 3: '-0.500' })
    const [event] = await database.db.execute<{ details: unknown }>(sql`
      select details from order_events where order_id = ${id}::uuid and kind = 'confirmed'`)
    expect(event?.details).toEqual({
      short: [
        { ingredientId: 3, name: 'Beef' },
        { ingredientId: 2, name: 'Butter' },
      ],
    })
  })

  test('waits for a person where the restaurant does not confirm by itself, and takes nothing yet', async () => {
    const scope = await addKitchen(database.db, { autoConfirm: false, stock: { 1: '5.000' } })
    const { id, status, confirmedAt } = await placed(scope, order([['risotto', 1]]))
    expect({ status, confirmedAt }).toEqual({ status: 'pending', confirmedAt: null })
    expect(await onHand(database.db, scope)).toEqual({ 1: '5.000' })
    const events = await database.db.execute(sql`
      select seq::int, n, kind from order_events where order_id = ${id}::uuid`)
    expect(events).toEqual([{ seq: 1, n: 0, kind: 'placed' }])
  })

  test('writes both events under one feed number and wakes the restaurant’s screens', async () => {
    const scope = await addKitchen(database.db)
    const session = await openSession(database.url)
    const heard: Promise<string> = new Promise((resolve, reject) => {
      session
        .listen('kitchen', resolve)
        .then(() => placed(scope, order([['water', 1]])).catch(reject), reject)
    })
    expect(await heard).toBe(String(scope.restaurant.id))
    await session.close()
    const events = await database.db.execute(sql`
      select seq::int, n, kind, from_status as "from", to_status as "to" from order_events
      where restaurant_id = ${scope.restaurant.id} order by seq, n`)
    expect(events).toEqual([
      { seq: 1, n: 0, kind: 'placed', from: null, to: 'pending' },
      { seq: 1, n: 1, kind: 'confirmed', from: 'pending', to: 'confirmed' },
    ])
  })

  test('keeps the guest with the order', async () => {
    const scope = await addKitchen(database.db)
    const { id } = await placed(scope, order([['water', 1]], { customer: { name: 'Ada', phone: '555' } }))
    const [guest] = await database.db.execute(sql`
      select c.name, c.phone, c.email from orders o join customers c on c.id = o.customer_id where o.id = ${id}::uuid`)
    expect(guest).toEqual({ name: 'Ada', phone: '555', email: null })
  })

  test('knows a guest by name and contact, in any restaurant, unless they were anonymised', async () => {
    const [here, there] = [await addKitchen(database.db), await addKitchen(database.db)]
    const customerOf = async (scope: KitchenScope, customer: OrderInput['customer']) => {
      const { id } = await placed(scope, order([['water', 1]], { customer }))
      const [row] = await database.db.execute<{ id: string }>(sql`
        select customer_id as id from orders where id = ${id}::uuid`)
      return row?.id
    }
    const grace = { name: 'Grace', phone: '0170 1' }
    const first = await customerOf(here, grace)
    expect(await customerOf(there, grace)).toBe(first)
    const others = [
      await customerOf(here, { name: 'Grace', phone: '0170 2' }),
      await customerOf(here, { name: 'Grace B.', phone: '0170 1' }),
      await customerOf(here, { ...grace, email: 'grace@example.com' }),
      await customerOf(here, { name: 'Grace' }),
      await customerOf(here, { name: 'Grace' }),
    ]
    expect(new Set([first, ...others]).size).toBe(6)
    await database.db.execute(sql`update customers set anonymised_at = now() where id = ${first}::bigint`)
    expect(await customerOf(here, grace)).not.toBe(first)
  })

  test.each([
    ['Pacific/Kiritimati', '00:00'],
    ['Pacific/Pago_Pago', '00:00'],
    ['Pacific/Kiritimati', '23:59'],
    ['Pacific/Pago_Pago', '23:59'],
  ])('files it under the business date of %s with the cutoff at %s', async (timeZone, dayCutoff) => {
    const scope = await addKitchen(database.db, { timeZone, dayCutoff })
    const answer = await placed(scope, order([['water', 1]]))
    expect(answer.businessDate).toBe(businessDate(new Date(answer.createdAt), timeZone, dayCutoff))
  })
})

describe('what is not sold', () => {
  test.each([
    ['an unknown dish', { menuItemId: 999, quantity: 1 }, { menuItemId: 999, name: null, reason: 'unknown' }],
    [
      'a dish off the menu',
      { menuItemId: 4, quantity: 1 },
      { menuItemId: 4, name: 'Oysters', reason: 'unavailable' },
    ],
    [
      'a dish of an inactive category',
      { menuItemId: 5, quantity: 1 },
      { menuItemId: 5, name: 'Truffle', reason: 'unavailable' },
    ],
  ])('%s is refused by name, and nothing is stored', async (_, line, refusal) => {
    const scope = await addKitchen(database.db)
    const input = orderInput.parse({ channel: 'takeaway', lines: [{ menuItemId: 1, quantity: 1 }, line] })
    expect(await place(scope, input)).toEqual({
      ok: false,
      reason: 'dishes_refused',
      dishes: [{ list: 'lines', line: 1, ...refusal }],
    })
    for (const table of ['orders', 'order_requests', 'order_events', 'stock_movements', 'kitchen_feed']) {
      expect(await count(table, scope), table).toBe(0)
    }
  })

  test('a dish that is 86 here is refused here and sold elsewhere', async () => {
    const [here, there] = [await addKitchen(database.db), await addKitchen(database.db)]
    await eightySix(database.db, here, { menuItemId: 3, until: null })
    expect(await place(here, order([['water', 1]]))).toMatchObject({
      dishes: [{ line: 0, name: 'Water', reason: 'eighty_six' }],
    })
    expect(await place(there, order([['water', 1]]))).toMatchObject({ ok: true })
  })

  test('a restaurant’s own price and its own switch come first', async () => {
    const scope = await addKitchen(database.db)
    await database.db.execute(sql`
      insert into menu_overrides (restaurant_id, menu_item_id, price, is_available)
      values (${scope.restaurant.id}, 1, 1600, null), (${scope.restaurant.id}, 2, null, false)`)
    expect((await placed(scope, order([['risotto', 1]]))).total).toBe(1600)
    expect(await place(scope, order([['tagliata', 1]]))).toMatchObject({
      dishes: [{ reason: 'unavailable' }],
    })
  })

  test('a total that the menu does not agree with is refused with the right one', async () => {
    const scope = await addKitchen(database.db)
    expect(await place(scope, order([['risotto', 2]], { expectedTotal: 2899 }))).toEqual({
      ok: false,
      reason: 'total_differs',
      total: 2900,
    })
    expect(await place(scope, order([['risotto', 2]], { expectedTotal: 2900 }))).toMatchObject({ ok: true })
  })

  test('an order beyond what a total can hold is refused', async () => {
    const scope = await addKitchen(database.db)
    await database.db.execute(sql`
      insert into menu_overrides (restaurant_id, menu_item_id, price) values (${scope.restaurant.id}, 3, 2000000000)`)
    expect(await place(scope, order([['water', 2]]))).toEqual({ ok: false, reason: 'total_too_large' })
  })
})

describe('the same key', () => {
  test('gets the first answer byte for byte, even after prices and the order have moved on', async () => {
    const scope = await addKitchen(database.db)
    const first = await place(scope, order([['water', 2]]), 'same')
    await database.db.execute(sql`
      insert into menu_overrides (restaurant_id, menu_item_id, price, eighty_six_until)
      values (${scope.restaurant.id}, 3, 999, 'infinity')`)
    const again = await place(scope, order([['water', 2]]), 'same')
    expect(again).toEqual({ ...first, replayed: true })
    expect(await count('orders', scope)).toBe(1)
  })

  test('is refused for another order, and free in another restaurant', async () => {
    const [here, there] = [await addKitchen(database.db), await addKitchen(database.db)]
    await place(here, order([['water', 2]]), 'shared')
    expect(await place(here, order([['water', 3]]), 'shared')).toEqual({ ok: false, reason: 'key_reused' })
    expect(await place(there, order([['water', 3]]), 'shared')).toMatchObject({ ok: true, replayed: false })
  })

  test('sent two hundred times at once makes one order and as many equal answers, though stock covers one', async () => {
    const scope = await addKitchen(database.db, {
      stockPolicy: 'refuse',
      stock: { 1: '0.300', 2: '0.050' },
    })
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => place(scope, order([['risotto', 1]]), 'storm')),
    )
    expect(new Set(answers.map((answer) => answer.ok && answer.response)).size).toBe(1)
    expect(answers.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1)
    expect(await count('orders', scope)).toBe(1)
    expect(await onHand(database.db, scope)).toEqual({ 1: '0.000', 2: '0.000' })
  })
})

describe('many orders at once', () => {
  // Water takes no stock: nothing but the feed's row keeps these orders apart.
  test('get call numbers 1 to n and feed numbers without a gap', async () => {
    const scope = await addKitchen(database.db)
    const answers = await Promise.all(Array.from({ length: 50 }, () => placed(scope, order([['water', 1]]))))
    const numbers = answers.map((answer) => answer.callNumber).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 50, numbers: 50 })
  })

  test('start anew at 1 the next business day', async () => {
    const scope = await addKitchen(database.db)
    const first = await placed(scope, order([['water', 1]]))
    await database.db.execute(sql`
      update orders set business_date = business_date - 1 where restaurant_id = ${scope.restaurant.id}`)
    expect((await placed(scope, order([['water', 1]]))).callNumber).toBe(1)
    expect(first.callNumber).toBe(1)
  })

  test('never take stock below zero where the restaurant refuses, and leave no trace when refused', async () => {
    const scope = await addKitchen(database.db, {
      stockPolicy: 'refuse',
      stock: { 1: '3.000', 2: '5.000', 3: '2.000' },
    })
    const dishes = ['risotto', 'tagliata'] as const
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => place(scope, order([[dishes[index % 2] ?? 'risotto', 1]]))),
    )
    const sold = answers.filter((answer) => answer.ok).length
    // 3 kg of rice make 10 risotti, 2 kg of beef 8 tagliate.
    expect(sold).toBe(18)
    expect(answers.filter((answer) => !answer.ok)).toContainEqual({
      ok: false,
      reason: 'out_of_stock',
      ingredients: [{ ingredientId: 1, name: 'Rice', unit: 'kg' }],
    })
    expect(await onHand(database.db, scope)).toEqual({ 1: '0.000', 2: '4.300', 3: '0.000' })
    expect(await count('orders', scope)).toBe(18)
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 18, numbers: 18 })
    expect(await brokenLedger(database.db)).toEqual([])
  })

  test('lock stock in the order of the ingredients, so that they never wait for each other crosswise', async () => {
    const [paella] = await database.db.execute<{ id: number }>(sql`
      with cook as (
        insert into recipes (title, cuisine, difficulty, prep_time, chef_id) values ('Paella', 'Spanish', 2, 45, 1) returning id
      ), stored as (
        insert into ingredients (name, unit, unit_price, supplier_id)
        select 'Paella ' || n, 'kg', 100, 1 from generate_series(1, 20) n returning id
      ), card as (
        insert into recipe_ingredients (recipe_id, ingredient_id, quantity)
        select cook.id, stored.id, 0.1 from cook, stored order by md5(stored.id::text)
      )
      insert into menu_items (name, description, price, category_id, preparation_time, station, recipe_id)
      select 'Paella', '', 1900, 1, 45, 'saute', id from cook returning id`)
    const scope = await addKitchen(database.db)
    const { id: here } = scope.restaurant
    const input = orderInput.parse({ channel: 'dine_in', lines: [{ menuItemId: paella?.id, quantity: 1 }] })
    await placed(scope, input)
    const ids = Object.keys(await onHand(database.db, scope))
      .map(Number)
      .sort((a, b) => a - b)
    const held = ids[10]

    const [holder, witness] = [await openSession(database.url), await openSession(database.url)]
    await holder.query('begin')
    await holder.query(
      'select from stock_levels where restaurant_id = $1 and ingredient_id = $2 for update',
      [here, held],
    )
    const waiting = placed(scope, input)
    const blocked = `select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`
    while ((await witness.query(blocked)).length === 0);
    const free = await witness.query<{ id: number }>(
      'select ingredient_id as id from stock_levels where restaurant_id = $1 order by 1 for update skip locked',
      [here],
    )
    expect(free.map((level) => level.id)).toEqual(ids.slice(11))
    await holder.query('commit')
    expect((await waiting).callNumber).toBe(2)
    await Promise.all([holder.close(), witness.close()])
  })
})
