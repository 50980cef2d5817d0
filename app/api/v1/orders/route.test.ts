import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '@/db/client'
import { createApiKey, revokeApiKey } from '@/db/mutations/api-keys'
import { hashApiKey } from '@/db/queries/access'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, closeKitchen, countOrders, type KitchenScope } from '@/db/testing/kitchen'
import { API_ALLOWANCE, type OrderDetails, orderDetails } from '@/domain/api'
import { systemScope } from '@/domain/scope'
import { GET } from './[id]/route'
import { POST } from './route'

const database = testDatabase('migrated', { max: 4, waitMs: 30_000 })
const URL_OF_ORDERS = 'http://localhost:3000/api/v1/orders'

let here: KitchenScope
let key: string
let keys = 0

beforeAll(async () => {
  answerFrom(database.db)
  await addChain(database.db)
  here = await addKitchen(database.db)
  key = await apiKey(here, 'POS')
})

/** The handlers ask for the database of their process. */
const answerFrom = (db: Database) => Object.assign(globalThis, { [Symbol.for('brigade.database')]: db })

async function apiKey(scope: KitchenScope, name: string): Promise<string> {
  const created = await createApiKey(database.db, systemScope(), { slug: scope.restaurant.slug, name })
  return created.ok ? created.key : expect.fail(created.reason)
}

type Sent = { headers?: Record<string, string | null>; body?: BodyInit | object }

/** Posts an order as software would, with the headers that it needs unless they are given or null. */
function post({ headers = {}, body = order() }: Sent = {}): Promise<Response> {
  const all = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': `key-${++keys}`,
    ...headers,
  }
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  const raw = typeof body === 'string' || body instanceof ReadableStream || body instanceof Uint8Array
  const init = { method: 'POST', headers: given, body: raw ? body : JSON.stringify(body), duplex: 'half' }
  return POST(new Request(URL_OF_ORDERS, init as RequestInit))
}

const order = (more: object = {}) => ({
  channel: 'takeaway',
  placeOrName: 'Ada',
  lines: [{ menuItemId: 1, quantity: 2, specialRequests: 'no butter' }],
  ...more,
})
const line = (more: object) => order({ lines: [{ menuItemId: 1, quantity: 1, ...more }] })

const get = (id: string, bearer = key): Promise<Response> =>
  GET(new Request(`${URL_OF_ORDERS}/${id}`, { headers: { authorization: `Bearer ${bearer}` } }), {
    params: Promise.resolve({ id }),
  })

type ProblemBody = {
  type: string
  title: string
  status: number
  detail: string
  errors?: { pointer: string }[]
}

async function problemOf(response: Response): Promise<ProblemBody> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = (await response.json()) as ProblemBody
  expect(body.status).toBe(response.status)
  expect(body.title).not.toBe('')
  return body
}

const ordersStored = () => countOrders(database.db)

describe('POST /api/v1/orders', () => {
  test('answers 201 with the order and where to find it, in at most ten statements and one to tell the screens', async () => {
    const { result: response, queries } = await countQueries(() => post())
    expect(response.status).toBe(201)
    const placed = orderDetails.strict().parse(await response.json())
    expect(placed).toMatchObject({
      status: 'confirmed',
      total: 2900,
      channel: 'takeaway',
      placeOrName: 'Ada',
    })
    expect(placed.lines[0]).toMatchObject({ name: 'Risotto', specialRequests: 'no butter', subtotal: 2900 })
    expect(placed.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(response.headers.get('location')).toBe(`/api/v1/orders/${placed.id}`)
    expect(queries).toBeLessThanOrEqual(10 + 1)

    const read = await get(placed.id)
    expect(read.status).toBe(200)
    expect(await read.json()).toEqual(placed)
  })

  test('takes as many statements for two hundred lines as for one', async () => {
    const lines = Array.from({ length: 200 }, (_, n) => ({ menuItemId: 1 + (n % 3), quantity: 1 + n }))
    const one = await countQueries(() => post())
    const many = await countQueries(() => post({ body: order({ lines }) }))
    expect(many.result.status).toBe(201)
    expect(many.queries).toBe(one.queries)
  })

  test('repeats the first answer byte for byte for the same key and order, however it is spaced', async () => {
    const headers = { 'idempotency-key': 'once' }
    const first = await post({ headers })
    const again = await post({ headers, body: JSON.stringify(order(), null, 2) })
    expect(again.status).toBe(201)
    expect(await again.text()).toBe(await first.text())
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect([first, again].map((answer) => answer.headers.get('idempotency-replayed'))).toEqual([null, 'true'])
  })

  test('refuses another order under the same key', async () => {
    const headers = { 'idempotency-key': 'twice' }
    await post({ headers })
    const stored = await ordersStored()
    const response = await post({ headers, body: line({ quantity: 9 }) })
    expect(response.status).toBe(422)
    expect((await problemOf(response)).type).toBe('urn:brigade:problem:idempotency-key-reused')
    expect(await ordersStored()).toBe(stored)
  })

  test('answers fifty concurrent repetitions with one order', async () => {
    const stored = await ordersStored()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post({ headers: { 'idempotency-key': 'storm' } })),
    )
    expect(answers.every((answer) => answer.status === 201)).toBe(true)
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    expect(await ordersStored()).toBe(stored + 1)
  })

  test('answers 409 where the restaurant refuses what stock can’t cover', async () => {
    const scope = await addKitchen(database.db, { stockPolicy: 'refuse', stock: { 1: '0.100', 2: '9.000' } })
    const response = await post({ headers: { authorization: `Bearer ${await apiKey(scope, 'POS')}` } })
    expect(response.status).toBe(409)
    expect(await problemOf(response)).toMatchObject({ ingredients: ['Rice'] })
  })

  test.each([
    ['zero quantity', line({ quantity: 0 }), '#/lines/0/quantity'],
    ['a fractional quantity', line({ quantity: 0.5 }), '#/lines/0/quantity'],
    ['an unknown dish', line({ menuItemId: 999 }), '#/lines/0/menuItemId'],
    ['a dish that is off the menu', line({ menuItemId: 4 }), '#/lines/0/menuItemId'],
    ['a dish id beyond all ids', line({ menuItemId: 1e300 }), '#/lines/0/menuItemId'],
    ['a wrong total', order({ expectedTotal: 1 }), '#/expectedTotal'],
    ['a NUL character', line({ specialRequests: 'a\u0000b' }), '#/lines/0/specialRequests'],
    ['an unknown field', line({ unitPrice: 1 }), '#/lines/0/unitPrice'],
    ['a field named like a path', order({ 'a/b~c d': 1 }), '#/a~1b~0c%20d'],
    ['ten thousand lines', order({ lines: Array(10_000).fill({ menuItemId: 1, quantity: 1 }) }), '#/lines'],
    ['a list', [], '#'],
    ['null', 'null', '#'],
    ['a number', '1e400', '#'],
    ['a hundred thousand brackets', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '#'],
  ])('answers 422 naming the field for %s, and stores nothing', async (_, body, pointer) => {
    const stored = await ordersStored()
    const response = await post({ body })
    expect(response.status).toBe(422)
    const { errors, detail } = await problemOf(response)
    expect(errors?.[0]?.pointer).toBe(pointer)
    expect(errors?.length).toBeLessThanOrEqual(20)
    expect(detail).not.toMatch(/\bat .+:\d+:\d+/)
    expect(await ordersStored()).toBe(stored)
  })

  test('names at most twenty of four hundred faults', async () => {
    const response = await post({ body: order({ lines: Array(200).fill({ menuItemId: 0, quantity: 0 }) }) })
    expect(response.status).toBe(422)
    expect((await problemOf(response)).errors).toHaveLength(20)
  })

  test.each([
    ['an empty body', ''],
    ['half a body', '{"channel":'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['a raw NUL', '{"channel":"\u0000"}'],
  ])('answers 400 to %s', async (_, body) => {
    expect((await post({ body })).status).toBe(400)
  })

  test('stops reading after a megabyte, whatever the sender said about the length', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(100_000).fill(0x20))
      },
    })
    expect((await post({ body: endless })).status).toBe(413)
    expect(pulled).toBeLessThan(20)
    const claimed = await post({ body: ' '.repeat(1_000_001), headers: { 'content-length': '1000001' } })
    expect(claimed.status).toBe(413)
    expect((await post({ body: `${JSON.stringify(order())}${' '.repeat(900_000)}` })).status).toBe(201)
  })

  test.each([
    ['none', null],
    ['an empty one', ''],
    ['one of 201 characters', 'x'.repeat(201)],
    ['one that is not printable', 'caf\u00e9'],
  ])('answers 400 to %s for an Idempotency-Key', async (_, value) => {
    const response = await post({ headers: { 'idempotency-key': value } })
    expect(response.status).toBe(400)
    expect((await problemOf(response)).type).toBe('urn:brigade:problem:idempotency-key-missing')
  })

  test.each([null, 'text/plain', 'application/json5', 'multipart/form-data; boundary=x'])(
    'answers 415 to a body of type %s',
    async (type) => {
      expect((await post({ headers: { 'content-type': type } })).status).toBe(415)
    },
  )

  test('takes application/json with a charset', async () => {
    const response = await post({ headers: { 'content-type': 'application/json; charset=utf-8' } })
    expect(response.status).toBe(201)
  })

  test('answers 503 with Retry-After while the database has no room', async () => {
    const response = await whileCrowded(() => post())
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    await problemOf(response)
  })
})

describe('the API key', () => {
  test.each([
    ['none', null],
    ['another scheme', 'Basic abc'],
    ['a malformed key', 'Bearer brg_x'],
    ['an unknown key', `Bearer brg_1_${'A'.repeat(43)}`],
    ['a key of a restaurant beyond all ids', `Bearer brg_99999999999999_${'A'.repeat(43)}`],
  ])('that is %s gets 401', async (_, authorization) => {
    const response = await post({ headers: { authorization } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
    await problemOf(response)
  })

  test('stops working when it is revoked, and when its restaurant closes', async () => {
    const scope = await addKitchen(database.db)
    const { slug } = scope.restaurant
    const [first, second] = [await apiKey(scope, 'one'), await apiKey(scope, 'two')]
    await revokeApiKey(database.db, systemScope(), { slug, name: 'one' })
    expect((await post({ headers: { authorization: `Bearer ${first}` } })).status).toBe(401)
    expect((await post({ headers: { authorization: `Bearer ${second}` } })).status).toBe(201)
    await closeKitchen(database.db, scope)
    expect((await post({ headers: { authorization: `Bearer ${second}` } })).status).toBe(401)
  })

  test('that has used its allowance gets 429 and when to come again, and nothing is placed', async () => {
    const scope = await addKitchen(database.db)
    const spent = await apiKey(scope, 'POS')
    await database.db.execute(sql`
      insert into api_rates (restaurant_id, key_hash, restored_at)
      values (${scope.restaurant.id}, ${hashApiKey(spent)}, now() + make_interval(secs => ${API_ALLOWANCE.windowSeconds + 60}))`)
    const stored = await ordersStored()
    const response = await post({ headers: { authorization: `Bearer ${spent}` } })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(response.headers.get('ratelimit')).toMatch(/^"key";r=0;t=\d+$/)
    await problemOf(response)
    expect(await ordersStored()).toBe(stored)
  })
})

describe('GET /api/v1/orders/[id]', () => {
  test('answers 404 for another restaurant’s order and for what is no id', async () => {
    const there = await addKitchen(database.db)
    const placed = (await (await post()).json()) as OrderDetails
    const theirs = await get(placed.id, await apiKey(there, 'POS'))
    expect(theirs.status).toBe(404)
    await problemOf(theirs)
    for (const id of ['x', '1', '00000000-0000-0000-0000-000000000000', "'", '%00']) {
      expect((await get(id)).status, id).toBe(404)
    }
    expect((await get(placed.id, 'brg_1_x')).status).toBe(401)
  })
})

/** Runs a request on a database whose only permit somebody holds and where nobody may queue. */
async function whileCrowded(work: () => Promise<Response>): Promise<Response> {
  const crowded = openDatabase(database.url, { max: 1, queue: 0 })
  let finish = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  let holding: Promise<void> = Promise.resolve()
  await new Promise<void>((held) => {
    holding = crowded.transaction(() => {
      held()
      return finished
    })
  })
  answerFrom(crowded)
  const answer = await work()
  answerFrom(database.db)
  finish()
  await holding
  await crowded.close()
  return answer
}
