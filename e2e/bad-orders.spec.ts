import { randomUUID } from 'node:crypto'
import { ask, makeApiKey } from './database'
import { expect, test } from './fixtures'

let key: string
test.beforeAll(async () => {
  key = await makeApiKey('london', `bad orders ${randomUUID().slice(0, 8)}`)
})

const count = async (): Promise<string> =>
  (await ask<{ n: string }>('select count(*) as n from orders'))[0]?.n ?? ''
const line = { menuItemId: 1, quantity: 1 }
const good = { channel: 'takeaway', placeOrName: 'Ada', lines: [line] }

/** Body, status and, where a field is at fault, the JSON pointer (as a URI fragment) that must name it. */
const CASES: [string, unknown, number, string?][] = [
  [
    'an unknown dish',
    { ...good, lines: [{ menuItemId: 999_999, quantity: 1 }] },
    422,
    '#/lines/0/menuItemId',
  ],
  ['no portions', { ...good, lines: [{ ...line, quantity: 0 }] }, 422, '#/lines/0/quantity'],
  ['half a portion', { ...good, lines: [{ ...line, quantity: 0.5 }] }, 422, '#/lines/0/quantity'],
  ['a wrong total', { ...good, expectedTotal: 1 }, 422, '#/expectedTotal'],
  ['10,000 lines', { ...good, lines: Array.from({ length: 10_000 }, () => line) }, 422, '#/lines'],
  ['no lines', { ...good, lines: [] }, 422, '#/lines'],
  ['a NUL in a name', { ...good, placeOrName: 'A\u0000da' }, 422, '#/placeOrName'],
  [
    'a NUL in a request',
    { ...good, lines: [{ ...line, specialRequests: '\u0000' }] },
    422,
    '#/lines/0/specialRequests',
  ],
  ['an unknown channel', { ...good, channel: 'drone' }, 422, '#/channel'],
  ['a field that does not exist', { ...good, price: 1 }, 422],
  ['a list', [], 422],
  ['a number', 7, 422],
  ['null', null, 422],
]

for (const [what, data, status, pointer] of CASES) {
  test(`an order with ${what} is refused with ${status} and stores nothing`, async ({ request }) => {
    const before = await count()
    const answer = await request.post('/api/v1/orders', {
      headers: {
        authorization: `Bearer ${key}`,
        'idempotency-key': randomUUID(),
        'content-type': 'application/json',
      },
      data: JSON.stringify(data),
    })
    expect(answer.status()).toBe(status)
    expect(answer.headers()['content-type']).toContain('application/problem+json')
    if (pointer) expect(await answer.text()).toContain(`"${pointer}"`)
    expect(await count()).toBe(before)
  })
}

test('a body that is not JSON, too large or of another kind is refused in problem details', async ({
  request,
}) => {
  const before = await count()
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const post = (data: string | Buffer, extra: Record<string, string> = {}) =>
    request.post('/api/v1/orders', {
      headers: { ...headers, 'idempotency-key': randomUUID(), ...extra },
      data,
    })
  expect((await post(Buffer.from('{"channel":'))).status()).toBe(400)
  expect((await post(JSON.stringify({ ...good, note: 'x'.repeat(1_100_000) }))).status()).toBe(413)
  expect((await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status()).toBe(415)
  expect((await post(Buffer.from([0xff, 0xfe, 0x00]))).status()).toBe(400)
  expect((await post(JSON.stringify(good), { 'idempotency-key': '' })).status()).toBe(400)
  expect(await count()).toBe(before)
})

test('without a good key nothing is placed', async ({ request }) => {
  const before = await count()
  for (const authorization of ['', 'Bearer', 'Bearer nonsense', `Bearer ${key}x`, `Basic ${key}`]) {
    const answer = await request.post('/api/v1/orders', {
      headers: { 'idempotency-key': randomUUID(), ...(authorization && { authorization }) },
      data: good,
    })
    expect(answer.status()).toBe(401)
  }
  expect(await count()).toBe(before)
})
