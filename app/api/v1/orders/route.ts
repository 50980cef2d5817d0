import { withApiScope } from '@/app/_server/api'
import { invalidFields, readJsonBody } from '@/app/_server/json-body'
import { pointerTo, problem } from '@/app/_server/problem'
import { type PlacedOrder, placeOrder } from '@/db/mutations/order-placement'
import { orderInput } from '@/domain/order-input'
import type { RefusedDish } from '@/domain/order-lines'

/** Printable ASCII: what every HTTP library can send, and PostgreSQL store. */
const IDEMPOTENCY_KEY_FORM = /^[\x20-\x7e]{1,200}$/

/** Places an order: 201 with the order, the same for every repetition of the same key and body. */
export function POST(request: Request): Promise<Response> {
  return withApiScope(request, async (db, scope) => {
    const idempotencyKey = request.headers.get('idempotency-key') ?? ''
    if (!IDEMPOTENCY_KEY_FORM.test(idempotencyKey)) return noKey()
    const body = await readJsonBody(request, orderInput)
    if (!body.ok) return body.response
    const placed = await placeOrder(db, scope, body.data, { idempotencyKey })
    return placed.ok ? created(placed) : refused(placed)
  })
}

function created({ orderId, response, replayed }: Extract<PlacedOrder, { ok: true }>): Response {
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    location: `/api/v1/orders/${orderId}`,
  })
  if (replayed) headers.set('idempotency-replayed', 'true')
  return new Response(response, { status: 201, headers })
}

function refused(failure: Extract<PlacedOrder, { ok: false }>): Response {
  switch (failure.reason) {
    case 'key_reused':
      return keyReused()
    case 'still_running':
      return stillRunning()
    case 'dishes_refused':
      return invalidFields(
        failure.dishes.map((dish) => ({
          pointer: pointerTo([dish.list, dish.line, 'menuItemId']),
          detail: dishSentence(dish),
        })),
      )
    case 'total_differs':
      return invalidFields([
        {
          pointer: pointerTo(['expectedTotal']),
          detail: `the menu's total is ${failure.total} cents: read the menu again`,
        },
      ])
    case 'total_too_large':
      return invalidFields([
        { pointer: pointerTo(['lines']), detail: 'cost more together than one order can hold' },
      ])
    case 'out_of_stock':
      return outOfStock(failure.ingredients.map((ingredient) => ingredient.name))
  }
}

function dishSentence(dish: RefusedDish): string {
  const { menuItemId, name, reason } = dish
  if (reason === 'unknown') return `there is no dish ${menuItemId}`
  if (reason === 'eighty_six') return `"${name}" is sold out for now`
  if (reason === 'too_few') return `of "${name}" only ${dish.portionsLeft} are left`
  return `"${name}" is not on this restaurant's menu`
}

const noKey = () =>
  problem({
    status: 400,
    name: 'idempotency-key-missing',
    title: 'This needs an Idempotency-Key',
    detail: 'Send a header Idempotency-Key of 1 to 200 printable ASCII characters, new for each order.',
  })

const keyReused = () =>
  problem({
    status: 422,
    name: 'idempotency-key-reused',
    title: 'This Idempotency-Key was used for another order',
    detail:
      'Nothing was placed. Send each order under a key of its own, and only repetitions under the same.',
  })

const stillRunning = () =>
  problem({
    status: 409,
    name: 'still-running',
    title: 'A request with this Idempotency-Key is still running',
    detail: 'Send the same request with the same Idempotency-Key again in a moment.',
    headers: { 'retry-after': '1' },
  })

const outOfStock = (ingredients: readonly string[]) =>
  problem({
    status: 409,
    name: 'out-of-stock',
    title: 'The kitchen can not make this order',
    detail: `There is not enough ${ingredients.join(', ')} here. Nothing was placed: change the order.`,
    ingredients,
  })
