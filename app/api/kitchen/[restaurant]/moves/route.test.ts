import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { database } from '@/app/_server/database'
import { newRequest, TEST_SECRET } from '@/app/_server/testing'
import { placeOrder } from '@/db/mutations/order-placement'
import { getOrder } from '@/db/queries/orders'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, type KitchenScope } from '@/db/testing/kitchen'
import { addSession, addUser } from '@/db/testing/people'
import { orderInput } from '@/domain/order-input'
import { POST } from './route'

vi.mock('next/headers', async () => (await import('@/app/_server/testing')).nextHeaders())
vi.mock('next/server', async () => (await import('@/app/_server/testing')).nextServer())

const stored = testDatabase()
let here: KitchenScope
let cook: string

beforeAll(async () => {
  Object.assign(process.env, {
    DATABASE_URL: stored.url,
    AUTH_SECRET: TEST_SECRET,
    PORT: '3000',
    APP_URL: '',
  })
  await addChain(stored.db)
  here = await addKitchen(stored.db)
  const userId = await addUser(stored.db, { role: 'kitchen', restaurants: [here.restaurant.id] })
  cook = await addSession(stored.db, userId)
})
afterAll(() => database().close())

async function ticket(): Promise<string> {
  const input = orderInput.parse({ channel: 'dine_in', lines: [{ menuItemId: 1, quantity: 1 }] })
  const placed = await placeOrder(stored.db, here, input, { idempotencyKey: randomUUID() })
  return placed.ok ? placed.orderId : expect.fail(placed.reason)
}

const statusOf = async (orderId: string) => (await getOrder(stored.db, here, orderId))?.status

type Sent = { body?: unknown; slug?: string; origin?: string; token?: string | null }

/** Presses as the cook's screen would, unless told otherwise. */
async function press({ body, slug, origin = 'http://localhost:3000', token = cook }: Sent) {
  newRequest({}, token ?? undefined)
  const request = new Request('http://localhost:3000/api/kitchen/x/moves', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const params = Promise.resolve({ restaurant: slug ?? here.restaurant.slug })
  const response = await POST(request, { params })
  return { status: response.status, answer: await response.json() }
}

const bump = (orderId: string, from = 'confirmed') => ({
  id: randomUUID(),
  move: { do: 'bump', orderId, from },
})

describe('a press on a wall', () => {
  test('is done and answered with where the ticket is', async () => {
    const orderId = await ticket()
    expect(await press({ body: bump(orderId) })).toEqual({
      status: 200,
      answer: { ok: true, status: 'preparing', message: null },
    })
    expect(await statusOf(orderId)).toBe('preparing')
  })

  test('that comes too late says so in words, with 200: sending it again would change nothing', async () => {
    const orderId = await ticket()
    await press({ body: bump(orderId) })
    expect(await press({ body: bump(orderId) })).toEqual({
      status: 200,
      answer: {
        ok: false,
        reason: 'already_moved',
        status: 'preparing',
        message: 'Somebody was faster: it is preparing already. Nothing was changed.',
      },
    })
  })

  test.each([
    ['nobody', 401, { token: null }],
    ['somebody whose session is unknown', 401, { token: 'x'.repeat(32) }],
    ['a page of another site', 403, { origin: 'https://elsewhere.example' }],
    ['somebody to whom the restaurant is foreign', 404, { slug: 'nowhere' }],
  ])('by %s answers %i and does nothing', async (_, status, sent) => {
    const orderId = await ticket()
    expect((await press({ body: bump(orderId), ...sent })).status).toBe(status)
    expect(await statusOf(orderId)).toBe('confirmed')
  })

  test.each([
    ['no JSON', 400, '{'],
    ['no id', 422, { move: { do: 'recall', orderId: randomUUID() } }],
    ['an unknown move', 422, { id: randomUUID(), move: { do: 'burn', orderId: randomUUID() } }],
    ['an unknown field', 422, { ...bump(randomUUID()), more: 1 }],
    ['an order that is no id', 422, bump("' or true")],
  ])('with %s is refused as malformed', async (_, status, body) => {
    expect((await press({ body })).status).toBe(status)
  })
})
