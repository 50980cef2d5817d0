import { randomInt } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { businessDate } from '@/domain/business-day'
import { makeOrderNumber } from '@/domain/order'
import type { OrderInput } from '@/domain/order-input'
import {
  type AskedLine,
  type Dish,
  dishesById,
  type RefusedDish,
  refusedDishes,
  type TotalRefused,
  tooFewPortions,
  totalOf,
} from '@/domain/order-lines'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { dishesAsked } from '../fragments/dishes-asked'
import { contactOf, knownCustomer } from '../fragments/known-customer'
import { movePortions } from './countdowns'
import { feedBump, takenSeq } from './feed'
import {
  type Answered,
  commitAndAnswer,
  type EarlierRequest,
  earlierRequest,
  keyedRequest,
  lockKey,
  type NotAnswered,
  replay,
} from './order-requests'
import { consumeForOrder, orderConsumption, shortageOf } from './stock'
import { refusesShortage, type Shortage } from './stock-ledger'
import { transact } from './transact'

type Placer = RestaurantScope<'orders:place'>

export type PlacedOrder =
  | Answered
  | NotAnswered
  | TotalRefused
  | { ok: false; reason: 'dishes_refused'; dishes: RefusedDish[] }
  | { ok: false; reason: 'out_of_stock'; ingredients: Shortage[] }

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
  const request = keyedRequest(idempotencyKey, input)
  return transact<PlacedOrder>(db, async (tx, refuse) => {
    const now = await lockKey(tx, scope, request.key)
    if (!now) throw refuse({ ok: false, reason: 'still_running' })
    const { earlier, dishes } = await readRequestAndMenu(tx, scope, request.key, input)
    if (earlier) return replay(earlier, request)

    const priced = priceLines(input, dishesById(dishes))
    if (!priced.ok) return priced

    const counted = await takePortions(tx, scope, input, dishesById(dishes))
    if (!counted.ok) throw refuse(counted)
    const order = newOrder(scope, input, now, priced, counted.dishes)
    const move = { orderId: order.id, businessDate: order.businessDate }
    const lines = linesOf(order.lines)
    if (order.confirmed && refusesShortage(scope)) {
      const short = await consumeForOrder(tx, scope, move, lines)
      if (short.length > 0) throw refuse({ ok: false, reason: 'out_of_stock', ingredients: short })
    }
    return commitAndAnswer(tx, scope, order.id, request, 201, [
      ...(order.confirmed && !refusesShortage(scope) ? [orderConsumption(scope, move, lines)] : []),
      feedBump(tx, scope.restaurant.id),
      orderInsert(scope, order),
    ])
  })
}

/** The answer that this key got before, if it did, and the dishes asked for, as this restaurant sells them now. */
async function readRequestAndMenu(
  tx: Db,
  scope: Placer,
  key: string,
  input: OrderInput,
): Promise<{ earlier: EarlierRequest | null; dishes: Dish[] }> {
  const ids = [...new Set(input.lines.map((line) => line.menuItemId))]
  const dishes = dishesAsked(scope.restaurant.id, sql`select unnest(${sql.param(ids)}::int[])`)
  const [row] = await tx.execute<{ earlier: EarlierRequest | null; dishes: Dish[] }>(sql`
    select (${earlierRequest(scope, key)}) as earlier, (${dishes}) as dishes`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return row
}

type PricedLine = OrderInput['lines'][number] & { line: number; name: string; unitPrice: number }
type Priced = { ok: true; lines: PricedLine[]; total: number }
type Refused = Extract<PlacedOrder, { reason: 'dishes_refused' }>

const askedBy = (input: OrderInput): AskedLine[] =>
  input.lines.map(({ menuItemId }, index) => ({ list: 'lines', line: index, menuItemId }))

function priceLines(input: OrderInput, dishes: Map<number, Dish>): Priced | Refused | TotalRefused {
  const refused = refusedDishes(askedBy(input), dishes)
  if (refused.length > 0) return { ok: false, reason: 'dishes_refused', dishes: refused }
  const lines = input.lines.flatMap((line, index): PricedLine[] => {
    const dish = dishes.get(line.menuItemId)
    return dish ? [{ ...line, line: index + 1, name: dish.name, unitPrice: dish.price }] : []
  })
  const total = totalOf(lines, input.expectedTotal)
  return total.ok ? { ok: true, lines, total: total.total } : total
}

/**
 * Takes what is counted down off its countdown; `dishes` are those. Where nothing that was asked for is counted there
 * is nothing to do: an order that is placed while somebody begins to count came before that.
 */
async function takePortions(
  tx: Db,
  scope: Placer,
  input: OrderInput,
  dishes: Map<number, Dish>,
): Promise<{ ok: true; dishes: Set<number> } | Refused> {
  if (![...dishes.values()].some((dish) => dish.counted)) return { ok: true, dishes: new Set() }
  const counted = await movePortions(tx, scope, linesOf(input.lines))
  const tooFew = new Map(counted.filter(({ left }) => left < 0).map((dish) => [dish.menuItemId, dish.before]))
  if (tooFew.size === 0) return { ok: true, dishes: new Set(counted.map((dish) => dish.menuItemId)) }
  return { ok: false, reason: 'dishes_refused', dishes: tooFewPortions(askedBy(input), dishes, tooFew) }
}

type NewOrder = {
  id: string
  number: string
  businessDate: string
  /** ISO 8601. */
  at: string
  confirmed: boolean
  input: OrderInput
  lines: (PricedLine & { fromCountdown: boolean })[]
  total: number
}

function newOrder(
  scope: Placer,
  input: OrderInput,
  now: Date,
  { lines, total }: Priced,
  counted: Set<number>,
): NewOrder {
  const { timeZone, dayCutoff, autoConfirm } = scope.restaurant
  const date = businessDate(now, timeZone, dayCutoff)
  return {
    id: uuidv7(),
    number: makeOrderNumber(date, randomCharacters(8)),
    businessDate: date,
    at: now.toISOString(),
    confirmed: autoConfirm,
    input,
    lines: lines.map((line) => ({ ...line, fromCountdown: counted.has(line.menuItemId) })),
    total,
  }
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const randomCharacters = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** Lines of a request as a query of `menu_item_id` and `quantity`. */
const linesOf = (lines: readonly { menuItemId: number; quantity: number }[]): SQL => sql`
  select "menuItemId" as menu_item_id, quantity
  from json_to_recordset(${JSON.stringify(lines)}::text::json) as l ("menuItemId" int, quantity int)`

/**
 * The statement that writes order, customer, lines and events. The call number is the day's highest plus one: the caller holds
 * the restaurant's feed row since an earlier statement, so no other order of this restaurant can be between reading it and committing. That gives
 * no gaps and no races without a lock of its own, and the feed row stays the last lock that is taken.
 */
function orderInsert(scope: Placer, order: NewOrder): SQL {
  const { id: restaurantId } = scope.restaurant
  const { input } = order
  const { customer } = input
  const confirmedAt = order.confirmed ? order.at : null
  const status = order.confirmed ? 'confirmed' : 'pending'
  return sql`
    with ${guestOf(customer)}, placed as (
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
      insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, special_requests,
        from_countdown)
      select ${restaurantId}::int, ${order.id}::uuid, l.line, l."menuItemId", l.name, l.quantity, l."unitPrice",
        l."specialRequests", l."fromCountdown"
      from json_to_recordset(${JSON.stringify(order.lines)}::text::json) as l (
        line int, "menuItemId" int, name text, quantity int, "unitPrice" int, "specialRequests" text,
        "fromCountdown" boolean)
    )
    insert into order_events (restaurant_id, seq, n, order_id, kind, from_status, to_status, user_id, at, details)
    select ${restaurantId}::int, (${takenSeq(restaurantId)}), e.n, ${order.id}::uuid, e.kind, e.from_status, e.to_status,
      ${scope.actor.userId}::int, ${order.at}::timestamptz, e.details
    from (values
      (0, 'placed', null, 'pending', null::jsonb),
      (1, 'confirmed', 'pending', 'confirmed', (${shortageOf(scope, order.id)}))
    ) as e (n, kind, from_status, to_status, details)
    where e.kind = 'placed' or ${order.confirmed}::boolean`
}

/** Clauses of which the last, `guest`, is the customer: known, or new. Two orders at once may make two of a new one. */
function guestOf(customer: OrderInput['customer']): SQL {
  if (!customer) return sql`guest as (select null::bigint as id)`
  const { phone, email } = contactOf(customer)
  // One who is being anonymised is waited for, and then nobody known.
  return sql`known as (${knownCustomer(customer)} for key share), made as (
      insert into customers (name, phone, email)
      select ${customer.name}, ${phone}, ${email} where not exists (select from known) returning id
    ), guest as (select id from known union all select id from made)`
}
