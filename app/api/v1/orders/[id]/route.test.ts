import { beforeAll, describe, expect, test } from 'vitest'
import { createApiKey } from '@/db/mutations/api-keys'
import { applyMove } from '@/db/mutations/wall-moves'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, DISHES, type KitchenScope } from '@/db/testing/kitchen'
import { type OrderDetails, orderDetails } from '@/domain/api'
import { systemScope } from '@/domain/scope'
import { POST as place } from '../route'
import { POST as cancel } from './cancel/route'
import { PATCH } from './route'

const database = testDatabase('migrated', { max: 4, waitMs: 30_000 })
const ORIGIN = 'http://localhost:3000/api/v1/orders'
const NO_ORDER = '018f0000-0000-7000-8000-000000000000'

let here: KitchenScope
let key: string
let keys = 0

beforeAll(async () => {
  Object.assign(globalThis, { [Symbol.for('brigade.database')]: database.db })
  await addChain(database.db)
  here = await addKitchen(database.db)
  const made = await createApiKey(database.db, systemScope(), { slug: here.restaurant.slug, name: 'POS' })
  key = made.ok ? made.key : expect.fail(made.reason)
})

type Handler = (request: Request, context: { params: Promise<{ id: string }> }) => Promise<Response>

const send = (handler: Handler, id: string, body?: object, idempotencyKey = `key-${++keys}`) =>
  handler(
    new Request(`${ORIGIN}/${id}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id }) },
  )

const detailsOf = async (response: Response): Promise<OrderDetails> =>
  orderDetails.strict().parse(await response.json())

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return (await response.json()) as { type: string; errors?: { pointer: string; detail: string }[] }
}

async function newOrder(): Promise<OrderDetails> {
  const lines = [
    { menuItemId: DISHES.risotto.id, quantity: 2 },
    { menuItemId: DISHES.water.id, quantity: 1 },
  ]
  return detailsOf(await send(place, '', { channel: 'takeaway', lines }))
}

/** Bumps a confirmed ticket until it is in this state. */
async function bumpTo(orderId: string, to: 'preparing' | 'ready' | 'delivered'): Promise<void> {
  const steps = ['confirmed', 'preparing', 'ready', 'delivered'] as const
  for (const from of steps.slice(0, steps.indexOf(to))) {
    const move = { do: 'bump', orderId, from } as const
    expect(await applyMove(database.db, here, { id: crypto.randomUUID(), move })).toMatchObject({ ok: true })
  }
}

describe('PATCH /api/v1/orders/[id]', () => {
  test('adds, changes and removes lines in one request and answers the order as it is then', async () => {
    const order = await newOrder()
    const response = await send(PATCH, order.id, {
      add: [{ menuItemId: DISHES.tagliata.id, quantity: 1, specialRequests: 'rare' }],
      change: [{ line: 1, quantity: 3 }],
      remove: [2],
      expectedTotal: 3 * DISHES.risotto.price + DISHES.tagliata.price,
    })
    expect(response.status).toBe(200)
    const changed = await detailsOf(response)
    expect(changed.lines.map(({ name, quantity }) => [name, quantity])).toEqual([
      ['Risotto', 3],
      ['Tagliata', 1],
    ])
    expect(changed.total).toBe(3 * DISHES.risotto.price + DISHES.tagliata.price)
  })

  test('is done once for a key, and the first answer comes again byte for byte', async () => {
    const order = await newOrder()
    const change = { change: [{ line: 1, quantity: 5 }] }
    const first = await send(PATCH, order.id, change, 'patch once')
    const again = await send(PATCH, order.id, change, 'patch once')
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await again.text()).toBe(await first.text())
    const other = await send(PATCH, order.id, { change: [{ line: 1, quantity: 6 }] }, 'patch once')
    expect(other.status).toBe(422)
    expect((await problemOf(other)).type).toBe('urn:brigade:problem:idempotency-key-reused')
  })

  test('names what it refuses where it stands', async () => {
    const { id } = await newOrder()
    const refusals: [change: object, pointer: string, words: string][] = [
      [{ add: [{ menuItemId: 999, quantity: 1 }] }, '#/add/0/menuItemId', 'there is no dish 999'],
      [{ add: [{ menuItemId: DISHES.oysters.id, quantity: 1 }] }, '#/add/0/menuItemId', '"Oysters"'],
      [{ change: [{ line: 9, quantity: 1 }] }, '#', 'no line 9'],
      [{ remove: [1, 2] }, '#/remove', 'cancel the order'],
      [{ remove: [2], expectedTotal: 1 }, '#/expectedTotal', 'cents'],
      [{}, '#', 'must add, change or remove a line'],
      [{ remove: [1], change: [{ line: 1, quantity: 2 }] }, '#', 'must name each line once'],
      [{ change: [{ line: 1 }] }, '#/change/0', 'must give a quantity'],
    ]
    for (const [change, pointer, words] of refusals) {
      const response = await send(PATCH, id, change)
      expect(response.status, JSON.stringify(change)).toBe(422)
      const { errors } = await problemOf(response)
      expect(errors?.[0]?.pointer).toBe(pointer)
      expect(errors?.[0]?.detail).toContain(words)
    }
  })

  test('comes too late once the order is ready, and finds no other restaurant’s order', async () => {
    const order = await newOrder()
    await bumpTo(order.id, 'ready')
    const late = await send(PATCH, order.id, { remove: [2] })
    expect(late.status).toBe(409)
    expect(await problemOf(late)).toMatchObject({
      type: 'urn:brigade:problem:too-late',
      orderStatus: 'ready',
    })
    for (const id of [NO_ORDER, 'x', '%00']) {
      expect((await send(PATCH, id, { remove: [2] })).status, id).toBe(404)
    }
    expect((await send(PATCH, order.id, { remove: [2] }, '')).status).toBe(400)
  })
})

describe('POST /api/v1/orders/[id]/cancel', () => {
  test('cancels once for a key, whatever becomes of it', async () => {
    const { id } = await newOrder()
    const first = await send(cancel, id, undefined, 'cancel once')
    expect(first.status).toBe(200)
    const text = await first.text()
    expect(JSON.parse(text)).toMatchObject({ id, status: 'cancelled' })
    const again = await send(cancel, id, undefined, 'cancel once')
    expect(await again.text()).toBe(text)
    const other = await send(cancel, id)
    expect(other.status).toBe(409)
    expect(await problemOf(other)).toMatchObject({ orderStatus: 'cancelled' })
  })

  test('comes too late for an order that was handed over, and needs its key', async () => {
    const { id } = await newOrder()
    await bumpTo(id, 'delivered')
    expect((await send(cancel, id)).status).toBe(409)
    expect((await send(cancel, id, undefined, '')).status).toBe(400)
    expect((await send(cancel, NO_ORDER)).status).toBe(404)
  })
})
