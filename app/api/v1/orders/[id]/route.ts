import { withApiScope } from '@/app/_server/api'
import { readJsonBody } from '@/app/_server/json-body'
import { changeOrder } from '@/db/mutations/order-changes'
import { getOrder } from '@/db/queries/orders'
import { orderChange } from '@/domain/order-input'
import { noSuchOrder, withIdempotencyKey, written } from '../answers'

type Context = { params: Promise<{ id: string }> }

/** One order of the key's restaurant as it is now; 404 for any other id. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return withApiScope(request, async (db, scope) => {
    const order = await getOrder(db, scope, (await params).id)
    return order ? Response.json(order, { headers: { 'cache-control': 'no-store' } }) : noSuchOrder()
  })
}

/** Adds, changes and removes lines before the order is ready: 200 with the order, once for each key. */
export function PATCH(request: Request, { params }: Context): Promise<Response> {
  return withIdempotencyKey(request, async (db, scope, idempotencyKey) => {
    const body = await readJsonBody(request, orderChange)
    if (!body.ok) return body.response
    return written(await changeOrder(db, scope, (await params).id, body.data, { idempotencyKey }))
  })
}
