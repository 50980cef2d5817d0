import { z } from 'zod'
import { API_ALLOWANCE, menuDetails, orderDetails, problemDetails } from '@/domain/api'
import { orderChange, orderInput } from '@/domain/order-input'

type Method = 'get' | 'post' | 'patch'

export type Operation = {
  method: Method
  /** As OpenAPI writes it: `{id}` is an order's. */
  path: string
  summary: string
  description: string
  /** Asks for an Idempotency-Key. */
  isWrite?: true
  body?: keyof typeof SCHEMAS
  answer: { status: number; description: string; schema: keyof typeof SCHEMAS }
  /** What else it may answer, but for what every operation may. */
  others: Record<number, string>
}

/** Request schemas are the ones that validate; what answers look like is proven by the routes' tests. */
const SCHEMAS = {
  NewOrder: orderInput,
  OrderChange: orderChange,
  Order: orderDetails,
  Menu: menuDetails,
  Problem: problemDetails,
}

const KEY_REUSED =
  'The Idempotency-Key was used for another request, or fields are not right: `errors` names them.'
const OUT_OF_STOCK =
  'The restaurant has not enough in stock; or the first request of this Idempotency-Key is still running.'
const NO_ORDER = 'This restaurant has no order of this id.'

/** Everything under `/api/v1`; a test holds it to the route files. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/menu',
    summary: 'Read the menu',
    description:
      'What the restaurant of the key sells now, at its own prices. Send the `ETag` back as `If-None-Match`: 304 says that nothing changed.',
    answer: { status: 200, description: 'The menu, by category in menu order.', schema: 'Menu' },
    others: { 304: 'The menu is still the one of this `ETag`.' },
  },
  {
    method: 'post',
    path: '/api/v1/orders',
    summary: 'Place an order',
    description:
      "Prices are the menu's at this moment. With `expectedTotal` an order that would cost something else is refused.",
    isWrite: true,
    body: 'NewOrder',
    answer: { status: 201, description: 'The order as it was placed.', schema: 'Order' },
    others: { 409: OUT_OF_STOCK },
  },
  {
    method: 'get',
    path: '/api/v1/orders/{id}',
    summary: 'Read an order',
    description: 'The order as it is now.',
    answer: { status: 200, description: 'The order.', schema: 'Order' },
    others: { 404: NO_ORDER },
  },
  {
    method: 'patch',
    path: '/api/v1/orders/{id}',
    summary: 'Change an order',
    description:
      'Adds, changes and removes lines until the order is ready. Lines keep the price they were sold at; new ones cost what the menu says now. The kitchen sees what changed.',
    isWrite: true,
    body: 'OrderChange',
    answer: { status: 200, description: 'The order as it is now.', schema: 'Order' },
    others: { 404: NO_ORDER, 409: `The order is ready or ended (\`too-late\`). ${OUT_OF_STOCK}` },
  },
  {
    method: 'post',
    path: '/api/v1/orders/{id}/cancel',
    summary: 'Cancel an order',
    description: 'Until it is handed over. It takes no body.',
    isWrite: true,
    answer: { status: 200, description: 'The cancelled order.', schema: 'Order' },
    others: {
      404: NO_ORDER,
      409: 'The order was delivered or cancelled before; or the first request of this Idempotency-Key is still running.',
      422: 'The Idempotency-Key was used for another request.',
    },
  },
]

/** What every operation may answer. */
export const COMMON_ANSWERS: Record<number, string> = {
  401: 'No API key, or none of an active restaurant.',
  429: 'The key sends too many requests: wait for the time in `Retry-After`.',
  503: 'Brigade is busy. Send the same request again after the time in `Retry-After`.',
}

const WRITE_ANSWERS: Record<number, string> = { 400: 'No Idempotency-Key.' }

const BODY_ANSWERS: Record<number, string> = {
  400: 'No Idempotency-Key, or the body is no JSON.',
  413: 'The body is too large.',
  415: 'The body is not application/json.',
  422: KEY_REUSED,
}

/** Status codes and what they mean for one operation, in ascending order. */
export function otherAnswers(operation: Operation): [status: number, meaning: string][] {
  const all = {
    ...COMMON_ANSWERS,
    ...(operation.isWrite && WRITE_ANSWERS),
    ...(operation.body && BODY_ANSWERS),
    ...operation.others,
  }
  return Object.entries(all)
    .map(([status, meaning]): [number, string] => [Number(status), meaning])
    .sort(([a], [b]) => a - b)
}

/** The OpenAPI 3.1 description of the API. */
export const openApiDocument = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Brigade',
    version: '1',
    description: `Orders and the menu of one restaurant. A key may send ${API_ALLOWANCE.quota} requests in ${API_ALLOWANCE.windowSeconds} seconds; the headers \`RateLimit\` and \`RateLimit-Policy\` say what is left.`,
  },
  security: [{ apiKey: [] }],
  paths: paths(),
  components: {
    securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'brg_…, one restaurant.' } },
    parameters: {
      IdempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        required: true,
        description:
          'New for each request, the same when it is repeated: then it is done once, and the first answer comes again.',
        schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x20-\\x7e]+$' },
      },
      OrderId: { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    },
    schemas: Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)])),
  },
})

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' })
  return rest
}

function paths(): Record<string, object> {
  const byPath: Record<string, Record<string, object>> = {}
  for (const operation of OPERATIONS) {
    const { method, path } = operation
    byPath[path] = { ...byPath[path], [method]: described(operation) }
  }
  return byPath
}

function described(operation: Operation): object {
  const { summary, description, path, isWrite, body, answer } = operation
  const parameters = [
    ...(path.includes('{id}') ? [{ $ref: '#/components/parameters/OrderId' }] : []),
    ...(isWrite ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ]
  const others = otherAnswers(operation).map(([status, meaning]) => [
    status,
    { description: meaning, ...(status !== 304 && content('application/problem+json', 'Problem')) },
  ])
  return {
    summary,
    description,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, ...content('application/json', body) } }),
    responses: {
      [answer.status]: { description: answer.description, ...content('application/json', answer.schema) },
      ...Object.fromEntries(others),
    },
  }
}

const content = (type: string, schema: keyof typeof SCHEMAS) => ({
  content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } },
})
