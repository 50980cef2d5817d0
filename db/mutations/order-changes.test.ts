import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { orderChange } from '@/domain/order-input'
import type { Unacknowledged } from '@/domain/wall'
import { openSession } from '../client'
import { getOrder } from '../queries/orders'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, feedGaps, type KitchenScope, onHand } from '../testing/kitchen'
import { order, press, ticket } from '../testing/orders'
import { cancelByKey } from './order-cancel'
import { type ChangedOrder, changeOrder } from './order-changes'

const database = testDatabase('migrated', { max: 10, waitMs: 60_000, queue: 500 })
const [RISOTTO, TAGLIATA, WATER, OYSTERS] = [1, 2, 3, 4]

beforeAll(() => addChain(database.db))

const kitchen = (more: Parameters<typeof addKitchen>[1] = {}) =>
  addKitchen(database.db, { stock: { 1: '5', 2: '5', 3: '5' }, ...more })

const place = (scope: KitchenScope, ...dishes: [number, number][]) => ticket(database.db, scope, ...dishes)

const change = (
  scope: KitchenScope,
  orderId: string,
  input: object,
  key: string = randomUUID(),
): Promise<ChangedOrder> =>
  changeOrder(database.db, scope, orderId, orderChange.parse(input), { idempotencyKey: key })

const bump = (scope: KitchenScope, orderId: string, from: string) =>
  press(database.db, scope, { do: 'bump', orderId, from })

const cancel = (scope: KitchenScope, orderId: string, key: string = randomUUID()) =>
  cancelByKey(database.db, scope, orderId, { idempotencyKey: key })

async function linesOf(scope: KitchenScope, orderId: string): Promise<string[]> {
  const found = await getOrder(database.db, scope, orderId)
  if (!found) return expect.fail('The order is gone.')
  const lines = found.lines.map(
    (line) => `${line.line}: ${line.quantity} ${line.name} at ${line.unitPrice} ${line.status}`,
  )
  return [`${found.status} ${found.total}`, ...lines]
}

async function unacknowledged(orderId: string): Promise<Unacknowledged | null> {
  const [row] = await database.db.execute<{ unacknowledged: Unacknowledged | null }>(
    sql`select unacknowledged from orders where id = ${orderId}::uuid`,
  )
  return row?.unacknowledged ?? null
}

async function movementsOf(orderId: string): Promise<string[]> {
  const rows = await database.db.execute<{ text: string }>(sql`
    select kind || ' ' || ingredient_id || ' ' || quantity as text from stock_movements
    where order_id = ${orderId}::uuid order by id, ingredient_id, kind`)
  return rows.map((row) => row.text).sort()
}

const eventsOf = (orderId: string) =>
  database.db.execute<{ kind: string; details: Record<string, unknown> | null }>(sql`
    select kind, details from order_events where order_id = ${orderId}::uuid order by seq, n`)

describe('a change', () => {
  test('before the kitchen knows of the order touches neither stock nor the wall', async () => {
    const scope = await kitchen({ autoConfirm: false })
    const id = await place(scope, [RISOTTO, 2])
    expect(await change(scope, id, { add: [{ menuItemId: WATER, quantity: 1 }] })).toMatchObject({ ok: true })
    expect(await linesOf(scope, id)).toEqual([
      'pending 3200',
      '1: 2 Risotto at 1450 waiting',
      '2: 1 Water at 300 waiting',
    ])
    expect(await movementsOf(id)).toEqual([])
    expect(await unacknowledged(id)).toBeNull()
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['placed', 'changed'])
  })

  test('after firing posts the difference and waits to be acknowledged', async () => {
    const scope = await kitchen()
    const id = await place(scope, [RISOTTO, 2], [WATER, 1])
    const changed = await change(scope, id, {
      add: [{ menuItemId: TAGLIATA, quantity: 1, specialRequests: 'rare' }],
      change: [{ line: 1, quantity: 1 }],
      remove: [2],
      expectedTotal: 3750,
    })
    expect(changed).toMatchObject({ ok: true, replayed: false })
    expect(await linesOf(scope, id)).toEqual([
      'confirmed 3750',
      '1: 1 Risotto at 1450 waiting',
      '3: 1 Tagliata at 2300 waiting',
    ])
    // Butter: 25 g for the tagliata, 50 g less for the risotto: one movement of the difference.
    expect(await movementsOf(id)).toEqual([
      'consumed 1 -0.600',
      'consumed 2 -0.100',
      'consumed 3 -0.250',
      'reversed 1 0.300',
      'reversed 2 0.025',
    ])
    expect(await onHand(database.db, scope)).toEqual({ 1: '4.700', 2: '4.925', 3: '4.750' })
    const lines = [
      { line: 1, name: 'Risotto', station: 'pasta', was: 2, now: 1, note: '' },
      { line: 2, name: 'Water', station: 'bar', was: 1, now: 0, note: '' },
      { line: 3, name: 'Tagliata', station: 'grill', was: 0, now: 1, note: 'rare' },
    ]
    expect(await unacknowledged(id)).toEqual({ kind: 'changed', lines })
    expect((await eventsOf(id)).at(-1)).toEqual({
      kind: 'changed',
      details: { lines, total: { was: 3200, now: 3750 }, lastLine: 3 },
    })
    expect(await press(database.db, scope, { do: 'acknowledge', orderId: id })).toMatchObject({ ok: true })
    expect(await unacknowledged(id)).toBeNull()
  })

  test('of what is on the stove is waste, and a cancel later wastes only the rest', async () => {
    const scope = await kitchen()
    const id = await place(scope, [RISOTTO, 3])
    await bump(scope, id, 'confirmed')
    await change(scope, id, { change: [{ line: 1, quantity: 2 }] })
    expect(await movementsOf(id)).toEqual([
      'consumed 1 -0.900',
      'consumed 2 -0.150',
      'reversed 1 0.300',
      'reversed 2 0.050',
      'waste 1 -0.300',
      'waste 2 -0.050',
    ])
    expect(await cancel(scope, id)).toMatchObject({ ok: true })
    expect((await movementsOf(id)).filter((movement) => movement.includes('waste 1'))).toEqual([
      'waste 1 -0.300',
      'waste 1 -0.600',
    ])
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '4.100', 2: '4.850' })
    expect(await unacknowledged(id)).toEqual({ kind: 'cancelled' })
    expect(await brokenLedger(database.db)).toEqual([])
  })

  test('never puts back more than the order took, though the recipe asks for more by now', async () => {
    const scope = await kitchen()
    const id = await place(scope, [RISOTTO, 2], [WATER, 1])
    await database.db.execute(sql`update recipe_ingredients set quantity = quantity * 3 where recipe_id = 1`)
    await change(scope, id, { remove: [1] })
    await database.db.execute(sql`update recipe_ingredients set quantity = quantity / 3 where recipe_id = 1`)
    expect(await onHand(database.db, scope)).toEqual({ 1: '5.000', 2: '5.000', 3: '5.000' })
  })

  test('keeps the price that a line was sold at, and sells new lines at today’s', async () => {
    const scope = await kitchen()
    const id = await place(scope, [WATER, 1])
    await database.db.execute(sql`
      insert into menu_overrides (restaurant_id, menu_item_id, price) values (${scope.restaurant.id}, ${WATER}, 500)`)
    await change(scope, id, {
      add: [{ menuItemId: WATER, quantity: 1 }],
      change: [{ line: 1, quantity: 2 }],
    })
    expect(await linesOf(scope, id)).toEqual([
      'confirmed 1100',
      '1: 2 Water at 300 waiting',
      '2: 1 Water at 500 waiting',
    ])
  })

  test('sends changed dishes back to waiting, and a ticket of which only finished ones are left on to ready', async () => {
    const scope = await kitchen()
    const id = await place(scope, [RISOTTO, 1], [TAGLIATA, 1], [WATER, 1])
    await bump(scope, id, 'confirmed')
    await press(database.db, scope, { do: 'tick', orderId: id, line: 1, done: true })
    await change(scope, id, { change: [{ line: 2, specialRequests: 'no pepper' }] })
    expect((await linesOf(scope, id)).map((line) => line.split(' ').at(-1))).toEqual([
      '4050',
      'done',
      'waiting',
      'cooking',
    ])
    expect(await movementsOf(id)).toHaveLength(3)
    await change(scope, id, { remove: [2, 3] })
    expect((await linesOf(scope, id))[0]).toBe('ready 1450')
    expect((await eventsOf(id)).slice(-2).map(({ kind }) => kind)).toEqual(['changed', 'ready'])
    expect(await change(scope, id, { remove: [1] })).toEqual({
      ok: false,
      reason: 'too_late',
      status: 'ready',
    })
  })

  test('after a change that nobody acknowledged still says what was acknowledged last', async () => {
    const scope = await kitchen()
    const id = await place(scope, [WATER, 2])
    await change(scope, id, {
      change: [{ line: 1, quantity: 3 }],
      add: [{ menuItemId: RISOTTO, quantity: 1 }],
    })
    await change(scope, id, { change: [{ line: 1, quantity: 4 }], remove: [2] })
    expect(await unacknowledged(id)).toMatchObject({ lines: [{ line: 1, was: 2, now: 4 }] })
    // Line 2 was taken once: a screen that has not heard of its end must not take the next one for it.
    await change(scope, id, { add: [{ menuItemId: TAGLIATA, quantity: 1 }] })
    expect(await unacknowledged(id)).toMatchObject({
      lines: [
        { line: 1, was: 2, now: 4 },
        { line: 3, was: 0, now: 1 },
      ],
    })
  })

  test('that changes nothing is answered and leaves no trace in log and feed', async () => {
    const scope = await kitchen()
    const id = await place(scope, [WATER, 2])
    expect(await change(scope, id, { change: [{ line: 1, quantity: 2 }] })).toMatchObject({ ok: true })
    expect(await eventsOf(id)).toHaveLength(2)
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 1, numbers: 1 })
  })
})

describe('a change is refused', () => {
  test.each([
    ['with lines that are not there', { remove: [2, 9] }, { reason: 'unknown_lines', lines: [2, 9] }],
    ['when no line would be left', { remove: [1] }, { reason: 'nothing_left' }],
    [
      'with a dish off the menu, by name',
      { add: [{ menuItemId: OYSTERS, quantity: 1 }] },
      {
        reason: 'dishes_refused',
        dishes: [{ list: 'add', line: 0, menuItemId: OYSTERS, name: 'Oysters', reason: 'unavailable' }],
      },
    ],
    [
      'when the sender expects another total',
      { change: [{ line: 1, quantity: 3 }], expectedTotal: 899 },
      { reason: 'total_differs', total: 4350 },
    ],
    [
      'beyond what an order can hold',
      { add: Array.from({ length: 200 }, () => ({ menuItemId: WATER, quantity: 1 })) },
      { reason: 'too_many_lines' },
    ],
    [
      'for lack of stock where the restaurant refuses that',
      { change: [{ line: 1, quantity: 20 }] },
      { reason: 'out_of_stock', ingredients: [{ ingredientId: 1, name: 'Rice', unit: 'kg' }] },
    ],
  ])('%s, and leaves no trace', async (_, input, refusal) => {
    const scope = await kitchen({ stockPolicy: 'refuse' })
    const id = await place(scope, [RISOTTO, 2])
    const before = [await linesOf(scope, id), await onHand(database.db, scope)]
    expect(await change(scope, id, input)).toEqual({ ok: false, ...refusal })
    expect([await linesOf(scope, id), await onHand(database.db, scope)]).toEqual(before)
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 1, numbers: 1 })
  })

  test('when it wants more of a dish that is 86’d, and not when it wants less', async () => {
    const scope = await kitchen()
    const id = await place(scope, [WATER, 2])
    await database.db.execute(sql`
      insert into menu_overrides (restaurant_id, menu_item_id, eighty_six_until)
      values (${scope.restaurant.id}, ${WATER}, 'infinity')`)
    expect(await change(scope, id, { change: [{ line: 1, quantity: 3 }] })).toMatchObject({
      reason: 'dishes_refused',
      dishes: [{ list: 'change', line: 0, name: 'Water', reason: 'eighty_six' }],
    })
    expect(await change(scope, id, { change: [{ line: 1, quantity: 1 }] })).toMatchObject({ ok: true })
  })

  test('for another restaurant’s order and for what is no id', async () => {
    const [here, there] = [await kitchen(), await kitchen()]
    const id = await place(there, [WATER, 1])
    for (const foreign of [id, randomUUID(), 'x']) {
      expect(await change(here, foreign, { remove: [1] })).toEqual({ ok: false, reason: 'not_found' })
      expect(await cancel(here, foreign)).toEqual({ ok: false, reason: 'not_found' })
    }
  })
})

describe('the same key', () => {
  test('changes and cancels once, with the first answer byte for byte', async () => {
    const scope = await kitchen()
    const id = await place(scope, [WATER, 1])
    const more = { change: [{ line: 1, quantity: 2 }] }
    const first = await change(scope, id, more, 'more')
    const cancelled = await cancel(scope, id, 'off')
    expect(await change(scope, id, more, 'more')).toEqual({ ...first, replayed: true })
    expect(await cancel(scope, id, 'off')).toEqual({ ...cancelled, replayed: true })
    expect(await cancel(scope, id)).toEqual({ ok: false, reason: 'too_late', status: 'cancelled' })
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual([
      'placed',
      'confirmed',
      'changed',
      'cancelled',
    ])
  })

  test('is refused for another change, another order and another kind of request', async () => {
    const scope = await kitchen()
    const [id, other] = [await place(scope, [WATER, 2]), await place(scope, [WATER, 2])]
    await change(scope, id, { change: [{ line: 1, quantity: 3 }] }, 'one')
    const reused = { ok: false, reason: 'key_reused' }
    expect(await change(scope, id, { change: [{ line: 1, quantity: 4 }] }, 'one')).toEqual(reused)
    expect(await change(scope, other, { change: [{ line: 1, quantity: 3 }] }, 'one')).toEqual(reused)
    expect(await cancel(scope, id, 'one')).toEqual(reused)
    expect(await order(database.db, scope, [[WATER, 1]], 'one')).toEqual(reused)
  })

  test('sent two hundred times at once changes once, and cancels once', async () => {
    const scope = await kitchen()
    const id = await place(scope, [RISOTTO, 1])
    const storm = <T>(send: () => Promise<T>) => Promise.all(Array.from({ length: 200 }, send))
    const changed = await storm(() => change(scope, id, { change: [{ line: 1, quantity: 2 }] }, 'storm'))
    expect(new Set(changed.map((answer) => answer.ok && answer.response)).size).toBe(1)
    const cancelled = await storm(() => cancel(scope, id, 'storm of cancels'))
    expect(new Set(cancelled.map((answer) => answer.ok && answer.response)).size).toBe(1)
    expect(await eventsOf(id)).toHaveLength(4)
    expect(await onHand(database.db, scope)).toMatchObject({ 1: '5.000' })
  })

  test('that somebody works on for longer than two seconds is still running, and then free', async () => {
    const scope = await kitchen()
    const id = await place(scope, [WATER, 1])
    const holder = await openSession(database.url)
    await holder.query('begin')
    await holder.query('select pg_advisory_xact_lock($1::int, hashtext($2))', [scope.restaurant.id, 'slow'])
    const running = { ok: false, reason: 'still_running' }
    const answers = await Promise.all([
      order(database.db, scope, [[WATER, 1]], 'slow'),
      change(scope, id, { change: [{ line: 1, quantity: 2 }] }, 'slow'),
      cancel(scope, id, 'slow'),
    ])
    expect(answers).toEqual([running, running, running])
    await holder.query('commit')
    await holder.close()
    expect(await order(database.db, scope, [[WATER, 1]], 'slow')).toMatchObject({ ok: true })
  })
})
