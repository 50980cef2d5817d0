import fc from 'fast-check'

/** A request that must be refused. `body` is sent as it is. */
export type BadRequest = {
  method: 'POST' | 'PATCH'
  path: string
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer>
}

/**
 * Requests that the API must refuse without storing anything, the same for the same seed: a good order or change with
 * one or more things made wrong, well-formed JSON of any other shape, and bytes that are no JSON at all. `existing` is
 * an order of the key's restaurant, `dishId` a dish that it sells.
 */
export function badRequests(count: number, seed: number, known: Known): BadRequest[] {
  return fc.sample(badRequest(known), { numRuns: count, seed })
}

export type Known = { existing: string; dishId: number }

const badRequest = (known: Known): fc.Arbitrary<BadRequest> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ target: target(known), body: spoiled(known) }).map(asJson) },
    { weight: 2, arbitrary: fc.record({ target: target(known), body: otherShape }).map(asJson) },
    { weight: 1, arbitrary: fc.record({ target: target(known), body: noJson(known) }).map(asBytes) },
    { weight: 1, arbitrary: badEnvelope(known) },
  )

type Target = Pick<BadRequest, 'method' | 'path'>

const target = ({ existing }: Known): fc.Arbitrary<Target> =>
  fc.constantFrom<Target>(
    { method: 'POST', path: '/api/v1/orders' },
    { method: 'POST', path: '/api/v1/orders' },
    { method: 'PATCH', path: `/api/v1/orders/${existing}` },
  )

const JSON_HEADERS = { 'content-type': 'application/json' }

const asJson = ({ target, body }: { target: Target; body: unknown }): BadRequest => ({
  ...target,
  headers: { ...JSON_HEADERS, ...idempotencyKey() },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

const asBytes = ({ target, body }: { target: Target; body: Uint8Array<ArrayBuffer> }): BadRequest => ({
  ...target,
  headers: { ...JSON_HEADERS, ...idempotencyKey() },
  body,
})

let keys = 0
const idempotencyKey = () => ({ 'idempotency-key': `fuzz-${++keys}` })

/** What no field takes, wherever it stands. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x'.repeat(10_001),
    '\u202eabc\u0000',
    "'; drop table orders; --\u0000",
    -1,
    0.5,
    1e308,
    -0.1,
    2 ** 53,
    2_147_483_648,
    [],
    [[[[[[]]]]]],
    { toString: 'x' },
    { __proto__: null, constructor: 1 },
    true,
  ),
  fc.double({ noInteger: true, noDefaultInfinity: true, noNaN: true }),
  fc.array(fc.integer(), { minLength: 1, maxLength: 3 }),
  fc.dictionary(fc.string({ minLength: 1 }), fc.integer(), { minKeys: 1 }),
)

/** A good order with one thing made wrong; also sent as a change, of which none of its fields is one. */
const spoiled = ({ dishId }: Known): fc.Arbitrary<unknown> => {
  const line = { menuItemId: dishId, quantity: 1, specialRequests: '' }
  const good = { channel: 'takeaway', placeOrName: 'Fuzz', specialInstructions: '', lines: [line] }
  const spoiledField = fc
    .record({
      field: fc.constantFrom(
        'channel',
        'placeOrName',
        'specialInstructions',
        'lines',
        'customer',
        'expectedTotal',
      ),
      value: hostile,
    })
    .map(({ field, value }) => ({ ...good, [field]: value }))
  const spoiledLine = fc
    .record({ field: fc.constantFrom('menuItemId', 'quantity', 'specialRequests'), value: hostile })
    .map(({ field, value }) => ({ ...good, lines: [line, { ...line, [field]: value }] }))
  const spoiledCustomer = fc
    .record({ field: fc.constantFrom('name', 'phone', 'email'), value: hostile })
    .map(({ field, value }) => ({ ...good, customer: { name: 'Ada', [field]: value } }))
  const missing = fc.constantFrom('channel', 'lines').map((field) => ({ ...good, [field]: undefined }))
  const extra = fc
    .record({ key: fc.string(), value: fc.jsonValue() })
    .filter(({ key }) => !['customer', 'expectedTotal', '__proto__'].includes(key) && !(key in good))
    .map(({ key, value }) => ({ ...good, [key]: value }))
  const unknownDish = fc
    .integer({ min: 1_000_000, max: 2_147_483_647 })
    .map((menuItemId) => ({ ...good, lines: [{ ...line, menuItemId }] }))
  const wrongTotal = fc
    .integer({ min: 0, max: 2_147_483_647 })
    .filter((total) => total < 1 || total > 1_000_000)
    .map((expectedTotal) => ({ ...good, expectedTotal }))
  const wrongChange = fc
    .record({ field: fc.constantFrom('add', 'change', 'remove'), value: hostile })
    .map(({ field, value }) => ({ [field]: [value] }))
  return fc.oneof(
    spoiledField,
    spoiledLine,
    spoiledCustomer,
    missing,
    extra,
    unknownDish,
    wrongTotal,
    wrongChange,
  )
}

const otherShape: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 5 }).map((value) => (typeof value === 'string' ? [value] : value)),
  fc.integer({ min: 100, max: 20_000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`),
  fc.integer({ min: 100, max: 5_000 }).map((depth) => `${'{"lines":'.repeat(depth)}1${'}'.repeat(depth)}`),
)

const noJson = ({ dishId }: Known): fc.Arbitrary<Uint8Array<ArrayBuffer>> => {
  const good = Buffer.from(
    JSON.stringify({ channel: 'takeaway', lines: [{ menuItemId: dishId, quantity: 1 }] }),
  )
  const truncated = fc.integer({ min: 0, max: good.length - 1 }).map((end) => good.subarray(0, end))
  const broken = fc
    .integer({ min: 0, max: good.length - 1 })
    .map((at) => Buffer.concat([good.subarray(0, at), Buffer.from([0xff]), good.subarray(at)]))
  const random = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from([0xc0, ...bytes]))
  return fc.oneof(truncated, broken, random).map((bytes) => Uint8Array.from(bytes))
}

/** A good order in a wrong envelope: without its key, with a bad one, of another type, or at an order that is none. */
const badEnvelope = ({ existing, dishId }: Known): fc.Arbitrary<BadRequest> => {
  const body = JSON.stringify({ channel: 'takeaway', lines: [{ menuItemId: dishId, quantity: 1 }] })
  const post = { method: 'POST', path: '/api/v1/orders', body } as const
  const noKey = fc.constant({ ...post, headers: JSON_HEADERS })
  const badKey = fc
    .string({ minLength: 201, maxLength: 400, unit: fc.constantFrom('a', ' ', '~', '"') })
    .map((key) => ({ ...post, headers: { ...JSON_HEADERS, 'idempotency-key': `k${key}k` } }))
  const otherType = fc
    .constantFrom('text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/jsonx')
    .map((type) => ({ ...post, headers: { 'content-type': type, ...idempotencyKey() } }))
  const badKeyHolder = fc
    .string({ minLength: 1, maxLength: 100, unit: fc.constantFrom('a', 'B', '0', '_', '-', '.') })
    .map((key) => ({
      ...post,
      headers: { ...JSON_HEADERS, ...idempotencyKey(), authorization: `Bearer ${key}` },
    }))
  const noOrder = fc
    .oneof(
      fc.uuid(),
      fc.string({ minLength: 1 }).map((text) => `${encodeURIComponent(text.toWellFormed())}x`),
      fc.constantFrom('%00', '..%2f..', existing.toUpperCase().slice(1)),
    )
    .filter((id) => id !== existing)
    .chain((id) =>
      fc.constantFrom<BadRequest>(
        {
          method: 'PATCH',
          path: `/api/v1/orders/${id}`,
          headers: { ...JSON_HEADERS, ...idempotencyKey() },
          body: '{"remove":[1]}',
        },
        {
          method: 'POST',
          path: `/api/v1/orders/${id}/cancel`,
          headers: { ...JSON_HEADERS, ...idempotencyKey() },
          body: '',
        },
      ),
    )
  return fc.oneof(noKey, badKey, otherType, badKeyHolder, noOrder)
}
