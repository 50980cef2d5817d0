import { readJsonBody } from '@/app/_server/json-body'
import { placeOrder } from '@/db/mutations/order-placement'
import { orderInput } from '@/domain/order-input'
import { placed, withIdempotencyKey } from './answers'

/** Places an order: 201 with the order, the same for every repetition of the same key and body. */
export function POST(request: Request): Promise<Response> {
  return withIdempotencyKey(request, async (db, scope, idempotencyKey) => {
    const body = await readJsonBody(request, orderInput)
    if (!body.ok) return body.response
    return placed(await placeOrder(db, scope, body.data, { idempotencyKey }))
  })
}
