import { cancelByKey } from '@/db/mutations/order-cancel'
import { withIdempotencyKey, written } from '../../answers'

type Context = { params: Promise<{ id: string }> }

/** Cancels an order that was not handed over yet: 200 with the order, once for each key. Takes no body. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return withIdempotencyKey(request, async (db, scope, idempotencyKey) =>
    written(await cancelByKey(db, scope, (await params).id, { idempotencyKey })),
  )
}
