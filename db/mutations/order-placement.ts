import { createHash, randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { businessDate } from '@/domain/business-day'
import { sumCents } from '@/domain/money'
import { makeOrderNumber } from '@/domain/order'
import type { OrderInput } from '@/domain/order-input'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { orderJson } from '../fragments/order-json'
import { bumpFeed } from './feed'
import { consumeForOrder, type Shortage, shortageDetails } from './stock'
import { transact } from './transact'

type Placer = RestaurantScope<'orders:place'>

/** A line that can't be sold here now. `line` counts from 0, as in the input; `name` is null for an unknown dish. */
export type RefusedDish = {
  line: number
  menuItemId: number
  name: string | null
  reason: 'unknown' | 'unavailable' | 'eighty_six'
}

export type PlacedOrder =
  /** `response` is the JSON of `OrderDetails`, byte for byte that of the first answer where this one is `replayed`. */
  | { ok: true; orderId: string; response: string; replayed: boolean }
  | { ok: false; reason: 'key_reused' }
  | { ok: false; reason: 'dishes_refused'; dishes: RefusedDish[] }
  /** The menu's total, in cents. */
  | { ok: false; reason: 'total_differs'; total: number }
  | { ok: false; reason: 'total_too_large' }
  | { ok: false; reason: 'out_of_stock'; ingredients: Shortage[] }

/** What `orders.total` can hold: some 21 million in a currency of cents. */
const LARGEST_TOTAL = 2_147_483_647

/**
 * Places an order: once for each idempotency key of a restaurant, however often and however concurrently it is sent.
 * Prices are the menu's at this moment. Where the restaurant confirms by itself, the ingredients leave the stock in
 * the same transaction, and an order that its policy refuses for lack of stock leaves no trace.
 */
export function placeOrder(
  db: Db,
  scope: Placer,
  input: OrderInput,
  { idempotencyKey }: { idempotencyKey: string },
): Promise<PlacedOrder> {
  const request = { key: idempotencyKey, bodyHash: hashBody(input) }
  return transact<PlacedOrder>(db, async (tx, refuse) => {
    const now = await lockKey(tx, scope, request.key)
    const { earlier, dishes } = await readRequestAndMenu(tx, scope, request.key, input)
    if (earlier) return replay(earlier, request.bodyHash)

    const priced = priceLines(input, dishes)
    if (!priced.ok) return priced

    const order = newOrder(scope, input, now, priced)
    const short = order.confirmed ? await consume(tx, scope, order) : []
    if (short.length > 0 && scope.restaurant.stockPolicy === 'refuse') {
      throw refuse({ ok: false, reason: 'out_of_stock', ingredients: short })
    }
    await insertOrder(tx, scope, order, await bumpFeed(tx, scope), short)
    const response = await storeAnswer(tx, scope, order.id, request)
    return { ok: true, orderId: order.id, response, replayed: false }
  })
}

/** The schema gives parsed input one order of keys and fills in its defaults, so equal orders have equal hashes. */
const hashBody = (input: OrderInput): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex')

/**
 * Only one transaction at a time works on a key; the others wait here, before they could be refused for stock that the
 * first one took, and then find its answer. A lock of its own, because the row of `order_requests` can exist only once
 * the order does. Gives the time of the transaction: all of an order's times come from the database's clock.
 */
async function lockKey(tx: Db, scope: Placer, key: string): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`
    select to_json(now()) as now, pg_advisory_xact_lock(${scope.restaurant.id}::int, hashtext(${key}))`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return new Date(row.now)
}

type Earlier = { bodyHash: string; orderId: string; response: string }
type Dish = { id: number; name: string; price: number; refusal: 'unavailable' | 'eighty_six' | null }

/** The answer that this key got before, if it did, and the dishes asked for, as this restaurant sells them now. */
async function readRequestAndMenu(
  tx: Db,
  scope: Placer,
  key: string,
  input: OrderInput,
): Promise<{ earlier: Earlier | null; dishes: Dish[] }> {
  const { id: restaurantId } = scope.restaurant
  const dishIds = JSON.stringify([...new Set(input.lines.map((line) => line.menuItemId))])
  const [row] = await tx.execute<{ earlier: Earlier | null; dishes: Dish[] }>(sql`
    select (
      select json_build_object('bodyHash', body_hash, 'orderId', order_id, 'response', response)
      from order_requests where restaurant_id = ${restaurantId} and idempotency_key = ${key}
    ) as earlier, (
      select coalesce(json_agg(json_build_object(
        'id', m.id, 'name', m.name, 'price', coalesce(o.price, m.price), 'refusal', case
          when not (m.is_available and c.is_active and o.is_available is not false) then 'unavailable'
          when o.eighty_six_until > now() then 'eighty_six' end)), '[]')
      from json_array_elements_text(${dishIds}::text::json) as asked (id)
      join menu_items m on m.id = asked.id::int
      join categories c on c.id = m.category_id
      left join menu_overrides o on o.restaurant_id = ${restaurantId} and o.menu_item_id = m.id
    ) as dishes`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return row
}

const replay = (earlier: Earlier, bodyHash: string): PlacedOrder =>
  earlier.bodyHash === bodyHash
    ? { ok: true, orderId: earlier.orderId, response: earlier.response, replayed: true }
    : { ok: false, reason: 'key_reused' }

type PricedLine = OrderInput['lines'][number] & { line: number; name: string; unitPrice: number }
type Priced = { ok: true; lines: PricedLine[]; total: number }

function priceLines(
  input: OrderInput,
  dishes: readonly Dish[],
): Priced | Extract<PlacedOrder, { ok: false }> {
  const byId = new Map(dishes.map((dish) => [dish.id, dish]))
  const lines: PricedLine[] = []
  const refused: RefusedDish[] = []
  for (const [index, line] of input.lines.entries()) {
    const dish = byId.get(line.menuItemId)
    const reason = dish ? dish.refusal : 'unknown'
    if (dish && !reason) lines.push({ ...line, line: index + 1, name: dish.name, unitPrice: dish.price })
    else if (reason) {
      refused.push({ line: index, menuItemId: line.menuItemId, name: dish?.name ?? null, reason })
    }
  }
  if (refused.length > 0) return { ok: false, reason: 'dishes_refused', dishes: refused }

  const total = sumCents(lines.map((line) => line.quantity * line.unitPrice))
  if (input.expectedTotal !== undefined && input.expectedTotal !== total) {
    return { ok: false, reason: 'total_differs', total }
  }
  if (total > LARGEST_TOTAL) return { ok: false, reason: 'total_too_large' }
  return { ok: true, lines, total }
}

type NewOrder = {
  id: string
  number: string
  businessDate: string
  /** ISO 8601. */
  at: string
  confirmed: boolean
  input: OrderInput
  lines: PricedLine[]
  total: number
}

function newOrder(scope: Placer, input: OrderInput, now: Date, { lines, total }: Priced): NewOrder {
  const { timeZone, dayCutoff, autoConfirm } = scope.restaurant
  const date = businessDate(now, timeZone, dayCutoff)
  return {
    id: uuidv7(),
    number: makeOrderNumber(date, randomCharacters(8)),
    businessDate: date,
    at: now.toISOString(),
    confirmed: autoConfirm,
    input,
    lines,
    total,
  }
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const randomCharacters = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

function consume(tx: Db, scope: Placer, order: NewOrder): Promise<Shortage[]> {
  const lines = sql`
    select menu_item_id, quantity
    from json_to_recordset(${JSON.stringify(order.lines)}::text::json) as l ("menuItemId" int, quantity int)
    cross join lateral (select l."menuItemId" as menu_item_id) as named`
  return consumeForOrder(tx, scope, { orderId: order.id, businessDate: order.businessDate }, lines)
}

/**
 * Order, customer, lines and events in one statement. The call number is the day's highest plus one: the caller holds
 * the restaurant's feed row, so no other order of this restaurant can be between reading it and committing. That gives
 * no gaps and no races without a lock of its own, and the feed row stays the last lock that is taken.
 */
async function insertOrder(
  tx: Db,
  scope: Placer,
  order: NewOrder,
  seq: number,
  short: Shortage[],
): Promise<void> {
  const { id: restaurantId } = scope.restaurant
  const { input } = order
  const { customer } = input
  const confirmedAt = order.confirmed ? order.at : null
  const status = order.confirmed ? 'confirmed' : 'pending'
  const details = shortageDetails(short)
  const guest = customer
    ? sql`insert into customers (name, phone, email)
        values (${customer.name}, ${customer.phone ?? null}, ${customer.email ?? null}) returning id`
    : sql`select null::bigint as id`
  await tx.execute(sql`
    with guest as (${guest}), placed as (
      insert into orders (restaurant_id, id, order_number, business_date, call_number, customer_id, status, channel,
        place_or_name, total, special_instructions, created_at, confirmed_at)
      select ${restaurantId}::int, ${order.id}::uuid, ${order.number}, ${order.businessDate}::date,
        1 + coalesce((
          select max(call_number) from orders
          where restaurant_id = ${restaurantId} and business_date = ${order.businessDate}::date
        ), 0),
        guest.id, ${status}, ${input.channel}, ${input.placeOrName}, ${order.total}::int,
        ${input.specialInstructions}, ${order.at}::timestamptz, ${confirmedAt}::timestamptz
      from guest
    ), lines as (
      insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, special_requests)
      select ${restaurantId}::int, ${order.id}::uuid, l.line, l."menuItemId", l.name, l.quantity, l."unitPrice",
        l."specialRequests"
      from json_to_recordset(${JSON.stringify(order.lines)}::text::json) as l (
        line int, "menuItemId" int, name text, quantity int, "unitPrice" int, "specialRequests" text)
    )
    insert into order_events (restaurant_id, seq, n, order_id, kind, from_status, to_status, user_id, at, details)
    select ${restaurantId}::int, ${seq}::bigint, e.n, ${order.id}::uuid, e.kind, e.from_status, e.to_status,
      ${scope.actor.userId}::int, ${order.at}::timestamptz, e.details
    from (values
      (0, 'placed', null, 'pending', null::jsonb),
      (1, 'confirmed', 'pending', 'confirmed', ${details && JSON.stringify(details)}::text::jsonb)
    ) as e (n, kind, from_status, to_status, details)
    where e.kind = 'placed' or ${order.confirmed}::boolean`)
}

/** The answer is written by the database from what it stored, and kept for whoever sends this key again. */
async function storeAnswer(
  tx: Db,
  scope: Placer,
  orderId: string,
  request: { key: string; bodyHash: string },
): Promise<string> {
  const { id: restaurantId } = scope.restaurant
  const [row] = await tx.execute<{ response: string }>(sql`
    insert into order_requests (restaurant_id, idempotency_key, body_hash, order_id, response)
    values (${restaurantId}, ${request.key}, ${request.bodyHash}, ${orderId}::uuid, ${orderJson(restaurantId, orderId)})
    returning response`)
  if (!row) throw new Error('The answer was not stored.')
  return row.response
}
