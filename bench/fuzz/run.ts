import type { Session } from '@/db/client'
import { type BadRequest, badRequests } from './requests'

const AT_ONCE = 16
/** Well below what a key may send: the answers of interest are those behind the rate limit. */
const BATCH = 400

export type FuzzTarget = {
  origin: string
  /** Of one restaurant. */
  key: string
  /** A session on the database that the origin serves. */
  session: Session
}

export type FuzzReport = {
  sent: number
  /** How often each status was answered. */
  statuses: Record<number, number>
  /** Answers that a bad request must not get, at most ten. */
  wrong: string[]
  /** Rows of the tables that orders are written to, before and after. */
  rowsBefore: string
  rowsAfter: string
}

/**
 * Sends so many bad requests and looks at each answer: refused in problem details, without a word about our code. The
 * same seed sends the same ones.
 */
export async function fuzzApi(
  { origin, key, session }: FuzzTarget,
  { count, seed, onBatch }: { count: number; seed: number; onBatch?: (sent: number) => void },
): Promise<FuzzReport> {
  const known = await placeOne(origin, key, session)
  const rowsBefore = await rowsOf(session)
  const statuses: Record<number, number> = {}
  const wrong: string[] = []
  for (let sent = 0; sent < count; sent += BATCH) {
    await session.query('delete from api_rates')
    const requests = badRequests(Math.min(BATCH, count - sent), seed + sent, known)
    const queue = requests.values()
    const sender = async () => {
      for (const request of queue) {
        const { status, fault } = await send(origin, key, request)
        statuses[status] = (statuses[status] ?? 0) + 1
        if (fault && wrong.length < 10) wrong.push(`${fault}: ${show(request)}`)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sender))
    onBatch?.(Math.min(sent + BATCH, count))
  }
  return { sent: count, statuses, wrong, rowsBefore, rowsAfter: await rowsOf(session) }
}

/** A good order, for the requests that would change one. */
async function placeOne(origin: string, key: string, session: Session) {
  const [dish] = await session.query<{ id: number }>(`
    select m.id from menu_items m join categories c on c.id = m.category_id
    where m.is_available and c.is_active order by m.id limit 1`)
  if (!dish) throw new Error('The menu is empty.')
  const answer = await fetch(`${origin}/api/v1/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `fuzz ${Date.now()}`,
    },
    body: JSON.stringify({ channel: 'takeaway', lines: [{ menuItemId: dish.id, quantity: 1 }] }),
  })
  if (answer.status !== 201) throw new Error(`A good order was answered ${answer.status}.`)
  const { id } = (await answer.json()) as { id: string }
  return { existing: id, dishId: dish.id }
}

async function rowsOf(session: Session): Promise<string> {
  const [row] = await session.query<{ rows: string }>(`
    select concat_ws(' ', (select count(*) from orders), (select count(*) from order_items),
      (select md5(string_agg(o::text, ',' order by id)) from orders o),
      (select count(*) from order_events), (select count(*) from order_requests),
      (select count(*) from customers), (select count(*) from stock_movements)) as rows`)
  return row?.rows ?? ''
}

async function send(
  origin: string,
  key: string,
  { method, path, headers, body }: BadRequest,
): Promise<{ status: number; fault: string | null }> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...headers },
    body,
  })
  const { status } = response
  const text = await response.text()
  return { status, fault: faultOf(status, response.headers.get('content-type') ?? '', text) }
}

function faultOf(status: number, type: string, text: string): string | null {
  if (status < 400 || status >= 500 || status === 429) return `answered ${status}`
  if (/node_modules|\n\s+at |Error:|select |insert /i.test(text)) return 'spoke of our code'
  if (type === 'application/problem+json') return null
  // An address that is no address at all gets Next's own answer.
  return status === 400 || status === 404 ? null : `answered as ${type}`
}

const show = ({ method, path, headers, body }: BadRequest): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${
    typeof body === 'string' ? body.slice(0, 300) : Buffer.from(body).toString('base64').slice(0, 300)
  }`
