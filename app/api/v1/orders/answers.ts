import { type ApiScope, withApiScope } from '@/app/_server/api'
import { invalidFields } from '@/app/_server/json-body'
import { pointerTo, problem } from '@/app/_server/problem'
import type { Db } from '@/db/client'
import type { CancelledOrder } from '@/db/mutations/order-cancel'
import type { ChangedOrder } from '@/db/mutations/order-changes'
import type { PlacedOrder } from '@/db/mutations/order-placement'
import type { RefusedDish } from '@/domain/order-lines'

/** Printable ASCII: what every HTTP library can send, and PostgreSQL store. */
const IDEMPOTENCY_KEY_FORM = /^[\x20-\x7e]{1,200}$/

/** A write: lets in who has the API key and names an Idempotency-Key (400 without). */
export function withIdempotencyKey(
  request: Request,
  handle: (db: Db, scope: ApiScope, idempotencyKey: string) => Promise<Response>,
): Promise<Response> {
  return withApiScope(request, async (db, scope) => {
    const idempotencyKey = request.headers.get('idempotency-key') ?? ''
    return IDEMPOTENCY_KEY_FORM.test(idempotencyKey) ? await handle(db, scope, idempotencyKey) : noKey()
  })
}

type Outcome = PlacedOrder | ChangedOrder | CancelledOrder

/** 201 for an order that was placed. */
export const placed = (outcome: PlacedOrder): Response =>
  outcome.ok
    ? answered(outcome, { status: 201, headers: { location: `/api/v1/orders/${outcome.orderId}` } })
    : refused(outcome)

/** 200 for an order that was changed or cancelled. */
export const written = (outcome: ChangedOrder | CancelledOrder): Response =>
  outcome.ok ? answered(outcome, { status: 200 }) : refused(outcome)

/** The order, byte for byte as its key was answered first. */
function answered(
  { response, replayed }: Extract<Outcome, { ok: true }>,
  { status, headers: more }: { status: number; headers?: Record<string, string> },
): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store', ...more })
  if (replayed) headers.set('idempotency-replayed', 'true')
  return new Response(response, { status, headers })
}

function refused(failure: Extract<Outcome, { ok: false }>): Response {
  switch (failure.reason) {
    case 'key_reused':
      return keyReused()
    case 'still_running':
      return stillRunning()
    case 'not_found':
      return noSuchOrder()
    case 'too_late':
      return tooLate(failure.status)
    case 'dishes_refused':
      return invalidFields(
        failure.dishes.map((dish) => ({
          pointer: pointerTo([dish.list, dish.line, dish.list === 'change' ? 'quantity' : 'menuItemId']),
          detail: dishSentence(dish),
        })),
      )
    case 'unknown_lines':
      return invalidFields(
        failure.lines.map((line) => ({ pointer: '#', detail: `the order has no line ${line}` })),
      )
    case 'nothing_left':
      return invalidFields([{ pointer: '#/remove', detail: 'leaves no line: cancel the order instead' }])
    case 'too_many_lines':
      return invalidFields([{ pointer: '#/add', detail: 'makes more lines than one order can hold' }])
    case 'total_differs':
      return invalidFields([
        { pointer: '#/expectedTotal', detail: `the total is ${failure.total} cents: read the menu again` },
      ])
    case 'total_too_large':
      return invalidFields([{ pointer: '#', detail: 'costs more than one order can hold' }])
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
    detail: 'Send a header Idempotency-Key of 1 to 200 printable ASCII characters, new for each request.',
  })

const keyReused = () =>
  problem({
    status: 422,
    name: 'idempotency-key-reused',
    title: 'This Idempotency-Key was used for another request',
    detail:
      'Nothing was done. Send each request under a key of its own, and only repetitions under the same.',
  })

const stillRunning = () =>
  problem({
    status: 409,
    name: 'still-running',
    title: 'The first request of this Idempotency-Key is still running',
    detail: 'Send the same request with the same key again in a moment, to learn what became of it.',
    headers: { 'retry-after': '1' },
  })

/** Of the key's restaurant: somebody else's order is none. */
export const noSuchOrder = () =>
  problem({
    status: 404,
    name: 'not-found',
    title: 'There is no such order',
    detail: 'This restaurant has no order of this id.',
  })

const tooLate = (orderStatus: string) =>
  problem({
    status: 409,
    name: 'too-late',
    title: 'It is too late for that',
    detail: `The order is ${orderStatus}. Nothing was changed.`,
    orderStatus,
  })

const outOfStock = (ingredients: readonly string[]) =>
  problem({
    status: 409,
    name: 'out-of-stock',
    title: 'The kitchen can not make this order',
    detail: `There is not enough ${ingredients.join(', ')} here. Nothing was done: change the order.`,
    ingredients,
  })
