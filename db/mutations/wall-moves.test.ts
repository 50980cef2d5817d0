import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { orderInput } from '@/domain/order-input'
import type { OrderStatus } from '@/domain/vocabulary'
import { type WallMove, wallMove } from '@/domain/wall'
import { getOrder } from '../queries/orders'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, feedGaps, type KitchenScope, onHand } from '../testing/kitchen'
import { cancelByKey } from './order-cancel'
import { placeOrder } from './order-placement'
import { applyMove, type MoveAnswer } from './wall-moves'

const database = testDatabase('migrated', { max: 10, queue: 500, waitMs: 60_000 })

beforeAll(() => addChain(database.db))

/** A risotto (station pasta) and two tagliate (grill), fired unless the restaurant confirms by hand. */
async function ticket(scope: KitchenScope): Promise<string> {
  const lines = [
    { menuItemId: 1, quantity: 1 },
    { menuItemId: 2, quantity: 2 },
  ]
  const input = orderInput.parse({ channel: 'dine_in', lines })
  const placed = await placeOrder(database.db, scope, input, { idempotencyKey: randomUUID() })
  return placed.ok ? placed.orderId : expect.fail(placed.reason)
}

const press = (scope: KitchenScope, move: object, id: string = randomUUID()): Promise<MoveAnswer> =>
  applyMove(database.db, scope, { id, move: wallMove.parse(move) as WallMove })

async function state(scope: KitchenScope, orderId: string): Promise<string> {
  const order = await getOrder(database.db, scope, orderId)
  return `${order?.status}: ${order?.lines.map((line) => line.status).join(', ')}`
}

type EventRow = { seq: number; n: number; kind: string; userId: number; details: object | null }
const eventsOf = (orderId: string) =>
  database.db.execute<EventRow>(sql`
    select seq::int, n, kind, user_id as "userId", details from order_events
    where order_id = ${orderId}::uuid order by seq, n`)

describe('a move', () => {
  test('of two stations starts, ticks and finishes a ticket, each press under one feed number', async () => {
    const scope = await addKitchen(database.db)
    const orderId = await ticket(scope)
    expect(await press(scope, { do: 'bump_station', orderId, station: 'grill' })).toEqual({
      ok: true,
      status: 'preparing',
    })
    expect(await state(scope, orderId)).toBe('preparing: waiting, done')
    await press(scope, { do: 'recall', orderId, station: 'grill' })
    await press(scope, { do: 'tick', orderId, line: 2, done: true })
    expect(await press(scope, { do: 'bump_station', orderId, station: 'pasta' })).toEqual({
      ok: true,
      status: 'ready',
    })
    expect(await state(scope, orderId)).toBe('ready: done, done')
    const events = await eventsOf(orderId)
    expect(events.map(({ seq, n, kind }) => `${seq}.${n} ${kind}`)).toEqual([
      '1.0 placed',
      '1.1 confirmed',
      '2.0 preparing',
      '2.1 item_status',
      '3.0 item_status',
      '4.0 item_status',
      '5.0 item_status',
      '5.1 ready',
    ])
    expect(events[3]).toMatchObject({
      userId: 1,
      details: { station: 'grill', items: [{ line: 2, status: 'done' }] },
    })
    const order = await getOrder(database.db, scope, orderId)
    expect(order?.preparingAt && order.readyAt && order.preparingAt < order.readyAt).toBe(true)
  })

  test('recalled comes back with its clock running and its items on the stove', async () => {
    const scope = await addKitchen(database.db)
    const orderId = await ticket(scope)
    for (const from of ['confirmed', 'preparing', 'ready']) await press(scope, { do: 'bump', orderId, from })
    const before = await getOrder(database.db, scope, orderId)
    await press(scope, { do: 'recall', orderId })
    expect(await getOrder(database.db, scope, orderId)).toMatchObject({
      confirmedAt: before?.confirmedAt,
      preparingAt: before?.preparingAt,
      readyAt: null,
      deliveredAt: null,
    })
    expect(await state(scope, orderId)).toBe('preparing: cooking, cooking')
  })

  test('acknowledges a cancelled ticket, which until then waits on the wall', async () => {
    const scope = await addKitchen(database.db)
    const orderId = await ticket(scope)
    const waiting = async () =>
      (
        await database.db.execute(sql`
          select unacknowledged from orders where id = ${orderId}::uuid and unacknowledged is not null`)
      ).length
    await cancelByKey(database.db, scope, orderId, { idempotencyKey: randomUUID() })
    expect(await waiting()).toBe(1)
    expect(await press(scope, { do: 'acknowledge', orderId })).toEqual({ ok: true, status: 'cancelled' })
    expect(await waiting()).toBe(0)
    expect(await press(scope, { do: 'acknowledge', orderId })).toEqual({
      ok: false,
      reason: 'already_moved',
      status: 'cancelled',
    })
    expect((await eventsOf(orderId)).at(-1)).toMatchObject({
      kind: 'acknowledged',
      details: { kind: 'cancelled' },
    })
  })

  test('costs three statements in one transaction, and one to tell the screens', async () => {
    const scope = await addKitchen(database.db)
    const orderId = await ticket(scope)
    const { queries } = await countQueries(() => press(scope, { do: 'bump', orderId, from: 'confirmed' }))
    expect(queries - BEGIN_AND_COMMIT).toBe(3 + 1)
  })

  test('of another restaurant’s ticket or of none finds none and leaves no trace', async () => {
    const [here, there] = [await addKitchen(database.db), await addKitchen(database.db)]
    const orderId = await ticket(there)
    for (const foreign of [orderId, randomUUID()]) {
      const answer = await press(here, { do: 'bump', orderId: foreign, from: 'confirmed' })
      expect(answer).toEqual({ ok: false, reason: 'not_found' })
    }
    expect(await state(there, orderId)).toBe('confirmed: waiting, waiting')
    expect(await feedGaps(database.db, here)).toEqual({ seq: 0, numbers: 0 })
  })
})

/** `countQueries` counts what a transaction begins and ends with, too. */
const BEGIN_AND_COMMIT = 2

describe('the same id', () => {
  test('moves once and gets the first answer, whatever became of the ticket since', async () => {
    const scope = await addKitchen(database.db)
    const orderId = await ticket(scope)
    const id = randomUUID()
    const bump = { do: 'bump', orderId, from: 'confirmed' }
    const first = await press(scope, bump, id)
    await press(scope, { do: 'bump', orderId, from: 'preparing' })
    await press(scope, { do: 'bump', orderId, from: 'ready' })
    await press(scope, { do: 'recall', orderId })
    expect(await press(scope, bump, id)).toEqual(first)
    expect(await state(scope, orderId)).toBe('preparing: cooking, cooking')
  })

  test('gets the same refusal again though by now it could be done', async () => {
    const scope = await addKitchen(database.db, { autoConfirm: false, stockPolicy: 'refuse', stock: {} })
    const orderId = await ticket(scope)
    const [early, poor] = [randomUUID(), randomUUID()]
    const tooEarly = { do: 'bump', orderId, from: 'confirmed' }
    const confirm = { do: 'bump', orderId, from: 'pending' }
    const refused = await press(scope, tooEarly, early)
    expect(refused).toEqual({ ok: false, reason: 'already_moved', status: 'pending' })
    const short = await press(scope, confirm, poor)
    expect(short).toMatchObject({ ok: false, reason: 'out_of_stock', status: 'pending' })
    // Nothing was taken, not even a level was made.
    expect(await onHand(database.db, scope)).toEqual({})
    for (const ingredient of [1, 2, 3]) {
      await database.db.transaction(async (tx) => {
        await tx.execute(sql`
          insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par)
          values (${scope.restaurant.id}, ${ingredient}, 5, 1, 10)`)
        await tx.execute(sql`
          insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, business_date)
          values (${scope.restaurant.id}, gen_random_uuid(), ${ingredient}, 'received', 5, '2026-01-01')`)
      })
    }
    expect(await press(scope, confirm, poor)).toEqual(short)
    expect(await press(scope, confirm)).toEqual({ ok: true, status: 'confirmed' })
    expect(await press(scope, tooEarly, early)).toEqual(refused)
    expect(await brokenLedger(database.db)).toEqual([])
  })

  test('sent at once from fifty places moves once, also when it names different tickets', async () => {
    const scope = await addKitchen(database.db)
    const tickets = [await ticket(scope), await ticket(scope)]
    const id = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        press(scope, { do: 'bump', orderId: tickets[index % 2], from: 'confirmed' }, id),
      ),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"ok":true,"status":"preparing"}']),
    )
    const states = await Promise.all(tickets.map((orderId) => state(scope, orderId)))
    expect(states.sort()).toEqual(['confirmed: waiting, waiting', 'preparing: cooking, cooking'])
  })
})

/** Rounds of fifty screens that press the same at once; each round is two transitions of one ticket. */
const ROUNDS = process.env.BRIGADE_FULL ? 1000 : 20
const SCREENS = 50

test(`of ${SCREENS} screens that bump one ticket at once one does it, ${ROUNDS} times over`, {
  timeout: 1_200_000,
}, async () => {
  const scope = await addKitchen(database.db)
  const orderId = await ticket(scope)
  await press(scope, { do: 'bump', orderId, from: 'confirmed' })
  for (let round = 0; round < ROUNDS; round++) {
    const from: OrderStatus = 'preparing'
    const moves = round % 2 === 0 ? { do: 'bump', orderId, from } : { do: 'recall', orderId }
    const answers = await Promise.all(Array.from({ length: SCREENS }, () => press(scope, moves)))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    const late = answers.filter((answer) => !answer.ok && answer.reason === 'already_moved')
    expect(late).toHaveLength(SCREENS - 1)
  }
  expect(await eventsOf(orderId)).toHaveLength(3 + ROUNDS)
  expect(await feedGaps(database.db, scope)).toEqual({ seq: 2 + ROUNDS, numbers: 2 + ROUNDS })
})
