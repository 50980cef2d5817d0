import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { orderChange } from '@/domain/order-input'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, feedGaps, type KitchenScope, onHand } from '../testing/kitchen'
import { order, press, ticket } from '../testing/orders'
import { eightySix, setCountdown, unEightySix } from './menu'
import { cancelByKey } from './order-cancel'
import { changeOrder } from './order-changes'

const database = testDatabase('migrated', { max: 10, waitMs: 60_000, queue: 600 })
const [RISOTTO, WATER] = [1, 3]

beforeAll(() => addChain(database.db))

/** A kitchen in which so many portions of water are left. */
async function counting(
  portions: number,
  more: Parameters<typeof addKitchen>[1] = {},
): Promise<KitchenScope> {
  const scope = await addKitchen(database.db, more)
  expect(await setCountdown(database.db, scope, { menuItemId: WATER, portions })).toEqual({ ok: true })
  return scope
}

async function water(scope: KitchenScope): Promise<{ left: number | null; until: string | null }> {
  const [row] = await database.db.execute<{ left: number | null; until: string | null }>(sql`
    select portions_left as left, eighty_six_until::text as until from menu_overrides
    where restaurant_id = ${scope.restaurant.id} and menu_item_id = ${WATER}`)
  return row ?? expect.fail('Nobody counts.')
}

const stale = async (scope: KitchenScope): Promise<number> => {
  const tag = `menu:${scope.restaurant.id}`
  return (await database.db.execute(sql`select 1 from cache_invalidations where tag = ${tag}`)).length
}

const cancel = (scope: KitchenScope, orderId: string) =>
  cancelByKey(database.db, scope, orderId, { idempotencyKey: randomUUID() })

const change = (scope: KitchenScope, orderId: string, input: object) =>
  changeOrder(database.db, scope, orderId, orderChange.parse(input), { idempotencyKey: randomUUID() })

describe('a countdown', () => {
  test('goes down with each order, and the last portion 86es the dish everywhere', async () => {
    const scope = await counting(3)
    await ticket(database.db, scope, [WATER, 1], [WATER, 1])
    expect(await water(scope)).toEqual({ left: 1, until: null })
    expect(await stale(scope)).toBe(1)
    await ticket(database.db, scope, [WATER, 1], [RISOTTO, 1])
    expect(await water(scope)).toEqual({ left: 0, until: 'infinity' })
    expect(await stale(scope)).toBe(2)
    expect(await order(database.db, scope, [[WATER, 1]])).toEqual({
      ok: false,
      reason: 'dishes_refused',
      dishes: [{ list: 'lines', line: 0, menuItemId: WATER, name: 'Water', reason: 'eighty_six' }],
    })
  })

  test('refuses an order of more than is left by name, and takes nothing for it', async () => {
    const scope = await counting(3)
    expect(
      await order(database.db, scope, [
        [RISOTTO, 1],
        [WATER, 2],
        [WATER, 2],
      ]),
    ).toEqual({
      ok: false,
      reason: 'dishes_refused',
      dishes: [1, 2].map((line) => ({
        list: 'lines',
        line,
        menuItemId: WATER,
        name: 'Water',
        reason: 'too_few',
        portionsLeft: 3,
      })),
    })
    expect(await water(scope)).toEqual({ left: 3, until: null })
  })

  test('gets back what is cancelled before anybody cooked, and the dish is on the menu again', async () => {
    const scope = await counting(2)
    const id = await ticket(database.db, scope, [WATER, 2])
    expect(await water(scope)).toEqual({ left: 0, until: 'infinity' })
    await cancel(scope, id)
    expect(await water(scope)).toEqual({ left: 2, until: null })
    expect(await stale(scope)).toBe(3)
  })

  test('does not get back what somebody had begun', async () => {
    const scope = await counting(5)
    const [cancelled, changed] = [
      await ticket(database.db, scope, [WATER, 1]),
      await ticket(database.db, scope, [WATER, 2]),
    ]
    for (const orderId of [cancelled, changed]) {
      await press(database.db, scope, { do: 'bump', orderId, from: 'confirmed' })
    }
    await cancel(scope, cancelled)
    await change(scope, changed, { change: [{ line: 1, quantity: 1 }] })
    expect(await water(scope)).toEqual({ left: 2, until: null })
  })

  test('does not get back what was ordered before it began', async () => {
    const scope = await addKitchen(database.db)
    const id = await ticket(database.db, scope, [WATER, 2])
    await setCountdown(database.db, scope, { menuItemId: WATER, portions: 4 })
    await cancel(scope, id)
    expect(await water(scope)).toEqual({ left: 4, until: null })
  })

  test('follows a change up and down, and refuses what it can’t give', async () => {
    const scope = await counting(4)
    const id = await ticket(database.db, scope, [RISOTTO, 1])
    await change(scope, id, { add: [{ menuItemId: WATER, quantity: 3 }] })
    expect(await water(scope)).toEqual({ left: 1, until: null })
    expect(await change(scope, id, { change: [{ line: 2, quantity: 5 }] })).toMatchObject({
      reason: 'dishes_refused',
      dishes: [{ list: 'change', line: 0, name: 'Water', reason: 'too_few', portionsLeft: 1 }],
    })
    await change(scope, id, { change: [{ line: 2, quantity: 2 }] })
    expect(await water(scope)).toEqual({ left: 2, until: null })
    await change(scope, id, { remove: [2] })
    expect(await water(scope)).toEqual({ left: 4, until: null })
  })

  test('ends when the dish is 86’d or put back, and begins anew however the dish stood', async () => {
    const scope = await counting(4)
    const id = await ticket(database.db, scope, [WATER, 1])
    await eightySix(database.db, scope, { menuItemId: WATER, until: null })
    expect(await water(scope)).toEqual({ left: null, until: 'infinity' })
    await cancel(scope, id)
    expect(await water(scope)).toEqual({ left: null, until: 'infinity' })
    await setCountdown(database.db, scope, { menuItemId: WATER, portions: 2 })
    expect(await water(scope)).toEqual({ left: 2, until: null })
    await unEightySix(database.db, scope, { menuItemId: WATER })
    expect(await water(scope)).toEqual({ left: null, until: null })
  })

  test('of no whole number of portions, or of an unknown dish, does not begin', async () => {
    const scope = await addKitchen(database.db)
    for (const portions of [0, -1, 1.5, 10_000, Number.NaN]) {
      await expect(setCountdown(database.db, scope, { menuItemId: WATER, portions })).rejects.toThrow(
        RangeError,
      )
    }
    expect(await setCountdown(database.db, scope, { menuItemId: 999, portions: 1 })).toEqual({
      ok: false,
      reason: 'unknown_dish',
    })
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 0, numbers: 0 })
  })
})

describe('five hundred orders at once for fifty portions', () => {
  const rush = (scope: KitchenScope, ...dishes: [number, number][][]) =>
    Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        order(database.db, scope, dishes[index % dishes.length] ?? []),
      ),
    )
  const sold = (answers: Awaited<ReturnType<typeof rush>>) => answers.filter((answer) => answer.ok).length

  test('sell exactly fifty by the countdown, whichever dish stands first on the order', async () => {
    const scope = await counting(50)
    await setCountdown(database.db, scope, { menuItemId: RISOTTO, portions: 50 })
    const answers = await rush(
      scope,
      [
        [WATER, 1],
        [RISOTTO, 1],
      ],
      [
        [RISOTTO, 1],
        [WATER, 1],
      ],
    )
    expect(sold(answers)).toBe(50)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'dishes_refused')).toHaveLength(450)
    expect(await water(scope)).toEqual({ left: 0, until: 'infinity' })
    // Two countdowns began, and fifty orders came.
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 52, numbers: 50 })
  })

  test('sell exactly fifty by the stock where the restaurant refuses what it can’t cover', async () => {
    const scope = await addKitchen(database.db, { stockPolicy: 'refuse', stock: { 1: '15', 2: '9', 3: '9' } })
    const answers = await rush(scope, [[RISOTTO, 1]])
    expect(sold(answers)).toBe(50)
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'out_of_stock')).toHaveLength(450)
    expect(await onHand(database.db, scope)).toEqual({ 1: '0.000', 2: '6.500', 3: '9.000' })
    expect(await brokenLedger(database.db)).toEqual([])
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 50, numbers: 50 })
  })
})
