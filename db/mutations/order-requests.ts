import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import { commitWith, type Db, postgresCause } from '../client'
import { orderJson } from '../fragments/order-json'

type Placer = RestaurantScope<'orders:place'>

/** What a write was sent with: its key, and what tells whether another one with that key is the same. */
export type KeyedRequest = { key: string; bodyHash: string }

/** The answer that a key got. */
export type EarlierRequest = { bodyHash: string; orderId: string; response: string }

export type Answered = {
  ok: true
  orderId: string
  /** The JSON of `OrderDetails`, byte for byte that of the first answer where this one is `replayed`. */
  response: string
  replayed: boolean
}
export type NotAnswered =
  | { ok: false; reason: 'key_reused' }
  /** The same key is still being worked on after two seconds. */
  | { ok: false; reason: 'still_running' }

/** Input that a schema parsed has one order of keys and its defaults filled in, so equal requests have equal hashes. */
export const keyedRequest = (key: string, request: object): KeyedRequest => ({
  key,
  bodyHash: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
})

const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Only one transaction at a time works on a key; the others wait here, before they could be refused for stock that the
 * first one took, and then find its answer. A lock of its own, because the row of `order_requests` can exist only once
 * the order does. Gives the time of the transaction (all of an order's times come from the database's clock), or null
 * after two seconds of waiting: the transaction is lost then.
 */
export async function lockKey(tx: Db, scope: Placer, key: string): Promise<Date | null> {
  try {
    // The select list is evaluated from left to right, after its FROM: the limit is two seconds while it waits for the
    // lock, and then what it was.
    const [row] = await tx.execute<{ now: string }>(sql`
      select to_json(now()) as now, set_config('lock_timeout', '2s', true),
        pg_advisory_xact_lock(${scope.restaurant.id}::int, hashtext(${key})),
        set_config('lock_timeout', before.lock_timeout, true)
      from (select current_setting('lock_timeout') as lock_timeout offset 0) before`)
    if (!row) throw new Error('A select of one row returned none.')
    return new Date(row.now)
  } catch (error) {
    if (postgresCause(error)?.code === LOCK_NOT_AVAILABLE) return null
    throw error
  }
}

/** A scalar subquery: the `EarlierRequest` of a key as JSON, or null. To be asked once its lock is held. */
export const earlierRequest = (scope: Placer, key: string): SQL => sql`
  select json_build_object('bodyHash', body_hash, 'orderId', order_id, 'response', response)
  from order_requests where restaurant_id = ${scope.restaurant.id} and idempotency_key = ${key}`

/** The first answer again, unless it was given to another request. */
export const replay = (earlier: EarlierRequest, request: KeyedRequest): Answered | NotAnswered =>
  earlier.bodyHash === request.bodyHash
    ? { ok: true, orderId: earlier.orderId, response: earlier.response, replayed: true }
    : { ok: false, reason: 'key_reused' }

/**
 * Does the last statements of a write to an order and commits. The answer is written by the database from what it stored,
 * and kept for whoever sends this key again.
 */
export async function commitAndAnswer(
  tx: Db,
  scope: Placer,
  orderId: string,
  { key, bodyHash }: KeyedRequest,
  status: 200 | 201,
  last: readonly SQL[] = [],
): Promise<Answered> {
  const { id: restaurantId } = scope.restaurant
  const keepAnswer = sql`
    insert into order_requests (restaurant_id, idempotency_key, body_hash, order_id, status, response)
    values (${restaurantId}, ${key}, ${bodyHash}, ${orderId}::uuid, ${status}::int, ${orderJson(restaurantId, orderId)})
    returning response`
  const answers = await commitWith(tx, [...last, keepAnswer])
  return { ok: true, orderId, response: String(answers.at(-1)?.[0]?.response), replayed: false }
}
