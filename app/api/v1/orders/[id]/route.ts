import { withApiScope } from '@/app/_server/api'
import { problem } from '@/app/_server/problem'
import { getOrder } from '@/db/queries/orders'

/** One order of the key's restaurant as it is now; 404 for any other id. */
export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return withApiScope(request, async (db, scope) => {
    const order = await getOrder(db, scope, (await params).id)
    return order ? Response.json(order, { headers: { 'cache-control': 'no-store' } }) : notFound()
  })
}

const notFound = () =>
  problem({
    status: 404,
    name: 'not-found',
    title: 'There is no such order',
    detail: 'This restaurant has no order of this id.',
  })
