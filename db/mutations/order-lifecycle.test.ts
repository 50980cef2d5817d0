import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OrderDetails } from '@/domain/api'
import { canMove } from '@/domain/order'
import { orderInput } from '@/domain/order-input'
import { ORDER_STATUSES, type OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { getOrder } from '../queries/orders'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, brokenLedger, feedGaps, type KitchenScope, onHand } from '../testing/kitchen'
import { cancelByKey } from './order-cancel'
import { placeOrder } from './order-placement'
import { applyMove } from './wall-moves'

const database = testDatabase('migrated', { max: 10, waitMs: 30_000 })

beforeAll(() => addChain(database.db))

type Seen = { orderId: string; from: OrderStatus }
const bumpTicket = (db: Db, scope: KitchenScope, seen: Seen) =>
  applyMove(db, scope, { id: randomUUID(), move: { do: 'bump', ...seen } })
const recallTicket = (db: Db, scope: KitchenScope, { orderId }: Pick<Seen, 'orderId'>) =>
  applyMove(db, scope, { id: randomUUID(), move: { do: 'recall', orderId } })
const cancelOrder = (db: Db, scope: KitchenScope, { orderId }: Pick<Seen, 'orderId'>) =>
  cancelByKey(db, scope, orderId, { idempotencyKey: randomUUID() })

/** A pending ticket of two risotti, moved on to a status. */
async function ticket(scope: KitchenScope, status: OrderStatus = 'pending'): Promise<string> {
  const input = orderInput.parse({ channel: 'dine_in', lines: [{ menuItemId: 1, quantity: 2 }] })
  const placed = await placeOrder(database.db, scope, input, { idempotencyKey: randomUUID() })
  if (!placed.ok) throw new Error(placed.reason)
  const { orderId } = placed
  const way: OrderStatus[] = ['pending', 'confirmed', 'preparing', 'ready', 'delivered']
  for (const from of way.slice(0, Math.max(0, way.indexOf(status)))) {
    expect(await bumpTicket(database.db, scope, { orderId, from })).toMatchObject({ ok: true })
  }
  if (status === 'cancelled') await cancelOrder(database.db, scope, { orderId })
  return orderId
}

const read = async (scope: KitchenScope, orderId: string): Promise<OrderDetails> =>
  (await getOrder(database.db, scope, orderId)) ?? expect.fail('The order is gone.')

const kitchen = (more: Parameters<typeof addKitchen>[1] = {}) =>
  addKitchen(database.db, { autoConfirm: false, stock: { 1: '5.000', 2: '5.000' }, ...more })

async function movementsOf(orderId: string): Promise<string[]> {
  const rows = await database.db.execute<{ text: string }>(sql`
    select kind || ' ' || ingredient_id || ' ' || quantity as text from stock_movements
    where order_id = ${orderId}::uuid order by ingredient_id, kind`)
  return rows.map((row) => row.text)
}

async function eventsOf(orderId: string): Promise<string[]> {
  const rows = await database.db.execute<{ text: string }>(sql`
    select kind || ': ' || coalesce(from_status, '') || ' → ' || to_status as text from order_events
    where order_id = ${orderId}::uuid order by seq, n`)
  return rows.map((row) => row.text)
}

describe('a ticket', () => {
  test('is bumped from pending to delivered, each step with its time, its event and its feed number', async () => {
    const scope = await kitchen()
    const id = await ticket(scope, 'delivered')
    const order = await read(scope, id)
    const times = [order.createdAt, order.confirmedAt, order.preparingAt, order.readyAt, order.deliveredAt]
    expect(order.status).toBe('delivered')
    expect(times).not.toContain(null)
    expect(times).toEqual([...times].sort())
    expect(await eventsOf(id)).toEqual([
      'placed:  → pending',
      'confirmed: pending → confirmed',
      'preparing: confirmed → preparing',
      'ready: preparing → ready',
      'delivered: ready → delivered',
    ])
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 5, numbers: 5 })
  })

  test('confirmed by hand takes its ingredients once', async () => {
    const scope = await kitchen()
    const id = await ticket(scope)
    expect(await movementsOf(id)).toEqual([])
    await bumpTicket(database.db, scope, { orderId: id, from: 'pending' })
    await bumpTicket(database.db, scope, { orderId: id, from: 'pending' })
    await bumpTicket(database.db, scope, { orderId: id, from: 'confirmed' })
    expect(await movementsOf(id)).toEqual(['consumed 1 -0.600', 'consumed 2 -0.100'])
    expect(await onHand(database.db, scope)).toEqual({ 1: '4.400', 2: '4.900' })
  })

  test('stays pending where stock can’t cover it and the restaurant refuses that', async () => {
    const scope = await kitchen({ stockPolicy: 'refuse', stock: { 1: '0.599', 2: '5.000' } })
    const id = await ticket(scope)
    expect(await bumpTicket(database.db, scope, { orderId: id, from: 'pending' })).toEqual({
      ok: false,
      reason: 'out_of_stock',
      status: 'pending',
      ingredients: [{ ingredientId: 1, name: 'Rice', unit: 'kg' }],
    })
    expect((await read(scope, id)).status).toBe('pending')
    expect(await onHand(database.db, scope)).toEqual({ 1: '0.599', 2: '5.000' })
    expect(await eventsOf(id)).toEqual(['placed:  → pending'])
  })

  test('cancelled before cooking gives back what it took, by the ledger and not by today’s recipe', async () => {
    const scope = await kitchen()
    const id = await ticket(scope, 'confirmed')
    await database.db.execute(sql`update recipe_ingredients set quantity = quantity * 2 where recipe_id = 1`)
    expect(await cancelOrder(database.db, scope, { orderId: id })).toMatchObject({ ok: true, orderId: id })
    expect((await read(scope, id)).status).toBe('cancelled')
    await database.db.execute(sql`update recipe_ingredients set quantity = quantity / 2 where recipe_id = 1`)
    expect(await movementsOf(id)).toEqual([
      'consumed 1 -0.600',
      'reversed 1 0.600',
      'consumed 2 -0.100',
      'reversed 2 0.100',
    ])
    expect(await onHand(database.db, scope)).toEqual({ 1: '5.000', 2: '5.000' })
  })

  test.each(['preparing', 'ready'] as const)('cancelled while %s is waste', async (from) => {
    const scope = await kitchen()
    const id = await ticket(scope, from)
    expect(await cancelOrder(database.db, scope, { orderId: id })).toMatchObject({ ok: true })
    expect(await movementsOf(id)).toEqual([
      'consumed 1 -0.600',
      'reversed 1 0.600',
      'waste 1 -0.600',
      'consumed 2 -0.100',
      'reversed 2 0.100',
      'waste 2 -0.100',
    ])
    expect(await onHand(database.db, scope)).toEqual({ 1: '4.400', 2: '4.900' })
    expect(await brokenLedger(database.db)).toEqual([])
  })

  test('cancelled while pending moves no stock', async () => {
    const scope = await kitchen()
    const id = await ticket(scope)
    await cancelOrder(database.db, scope, { orderId: id })
    expect(await movementsOf(id)).toEqual([])
    expect(await eventsOf(id)).toEqual(['placed:  → pending', 'cancelled: pending → cancelled'])
  })

  test.each(['ready', 'delivered'] as const)(
    'recalled from %s is prepared again, its clock running on',
    async (from) => {
      const scope = await kitchen()
      const id = await ticket(scope, from)
      const before = await read(scope, id)
      expect(await recallTicket(database.db, scope, { orderId: id })).toEqual({
        ok: true,
        status: 'preparing',
      })
      expect(await read(scope, id)).toEqual({
        ...before,
        status: 'preparing',
        readyAt: null,
        deliveredAt: null,
        lines: before.lines.map((line) => ({ ...line, status: 'cooking' })),
      })
      expect((await eventsOf(id)).at(-1)).toBe(`recalled: ${from} → preparing`)
      expect(await movementsOf(id)).toHaveLength(2)
      expect(await bumpTicket(database.db, scope, { orderId: id, from: 'preparing' })).toMatchObject({
        ok: true,
      })
    },
  )

  test('does what the state machine allows from each status and nothing else', async () => {
    const scope = await kitchen()
    const acts = { bump: bumpTicket, cancel: cancelOrder, recall: recallTicket }
    for (const from of ORDER_STATUSES) {
      for (const [name, act] of Object.entries(acts)) {
        const orderId = await ticket(scope, from)
        const result = await act(database.db, scope, { orderId, from })
        const { status } = await read(scope, orderId)
        if (result.ok) expect(canMove(from, status), `${name} ${from}`).toBe(true)
        else {
          const recalled = name === 'recall' && from === 'preparing'
          const reason = name === 'cancel' ? 'too_late' : recalled ? 'already_moved' : 'not_allowed'
          expect(result, `${name} ${from}`).toEqual({ ok: false, reason, status: from })
          expect(status).toBe(from)
        }
      }
    }
  })
})

describe('who acts on a ticket that', () => {
  test('has moved on learns where it is, and changes nothing', async () => {
    const scope = await kitchen()
    const id = await ticket(scope, 'ready')
    expect(await bumpTicket(database.db, scope, { orderId: id, from: 'preparing' })).toEqual({
      ok: false,
      reason: 'already_moved',
      status: 'ready',
    })
    expect((await eventsOf(id)).length).toBe(4)
  })

  test('is another restaurant’s, unknown or no id at all finds none', async () => {
    const [here, there] = [await kitchen(), await kitchen()]
    const id = await ticket(there)
    for (const orderId of [id, randomUUID(), 'x', '', "' or true", '\u0000']) {
      expect(await bumpTicket(database.db, here, { orderId, from: 'pending' })).toEqual({
        ok: false,
        reason: 'not_found',
      })
      expect(await cancelOrder(database.db, here, { orderId })).toEqual({ ok: false, reason: 'not_found' })
      expect(await getOrder(database.db, here, orderId)).toBeNull()
    }
    expect((await read(there, id)).status).toBe('pending')
  })
})

describe('races', () => {
  test('of fifty bumps at once one wins at each step, and ingredients leave once', async () => {
    const scope = await kitchen()
    const id = await ticket(scope)
    for (const from of ['pending', 'confirmed', 'preparing', 'ready'] as const) {
      const results = await Promise.all(
        Array.from({ length: 50 }, () => bumpTicket(database.db, scope, { orderId: id, from })),
      )
      expect(results.filter((result) => result.ok)).toHaveLength(1)
      expect(results.filter((result) => !result.ok && result.reason === 'already_moved')).toHaveLength(49)
    }
    expect(await movementsOf(id)).toHaveLength(2)
    expect(await eventsOf(id)).toHaveLength(5)
    expect(await feedGaps(database.db, scope)).toEqual({ seq: 5, numbers: 5 })
  })

  test('of bump and cancel on one ticket one wins', async () => {
    const scope = await kitchen()
    const id = await ticket(scope, 'ready')
    const results = await Promise.all(
      [bumpTicket, cancelOrder, bumpTicket, cancelOrder, bumpTicket, cancelOrder].map((act) =>
        act(database.db, scope, { orderId: id, from: 'ready' }),
      ),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(await eventsOf(id)).toHaveLength(5)
    expect(await brokenLedger(database.db)).toEqual([])
  })

  test('of tickets that are confirmed together never take stock below zero where the restaurant refuses', async () => {
    const scope = await kitchen({ stockPolicy: 'refuse', stock: { 1: '3.000', 2: '5.000' } })
    const ids = await Promise.all(Array.from({ length: 12 }, () => ticket(scope)))
    const results = await Promise.all(
      ids.map((orderId) => bumpTicket(database.db, scope, { orderId, from: 'pending' })),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(5)
    expect(await onHand(database.db, scope)).toEqual({ 1: '0.000', 2: '4.500' })
  })
})
