import { type SQL, sql } from 'drizzle-orm'
import { businessDate } from '@/domain/business-day'
import { canChange } from '@/domain/order'
import {
  type ChangePlan,
  type ChangeRefused,
  changedForWall,
  mergeUnacknowledged,
  type OrderLine,
  type PortionChange,
  planChange,
  portionChanges,
} from '@/domain/order-change'
import type { OrderChange } from '@/domain/order-input'
import { type Dish, dishesById, tooFewPortions } from '@/domain/order-lines'
import type { RestaurantScope } from '@/domain/scope'
import { allDone, type TicketEvent } from '@/domain/ticket-moves'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Unacknowledged } from '@/domain/wall'
import type { Db } from '../client'
import { dishesAsked } from '../fragments/dishes-asked'
import { movePortions } from './countdowns'
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
import { changeForOrder, shortageDetails } from './stock'
import type { Shortage } from './stock-ledger'
import { lockTicket } from './ticket-read'
import { ticketWrite } from './ticket-write'
import { transact } from './transact'

type Placer = RestaurantScope<'orders:place'>

export type ChangedOrder =
  | Answered
  | NotAnswered
  | ChangeRefused
  | { ok: false; reason: 'not_found' }
  /** It is ready, handed over or cancelled. */
  | { ok: false; reason: 'too_late'; status: OrderStatus }
  | { ok: false; reason: 'out_of_stock'; ingredients: Shortage[] }

/**
 * Adds, changes and removes lines of an order that is not ready yet, once for each idempotency key. Once it was fired
 * the difference is posted to the stock, changed and added dishes wait to be cooked, and the ticket says what changed
 * until somebody acknowledges it. A ticket of which only finished dishes are left is ready.
 */
export function changeOrder(
  db: Db,
  scope: Placer,
  orderId: string,
  input: OrderChange,
  { idempotencyKey }: { idempotencyKey: string },
): Promise<ChangedOrder> {
  const request = keyedRequest(idempotencyKey, { do: 'change', orderId, input })
  return transact<ChangedOrder>(db, async (tx, refuse) => {
    if (!(await lockKey(tx, scope, request.key))) throw refuse({ ok: false, reason: 'still_running' })
    if (!(await lockTicket(tx, scope, orderId))) return { ok: false, reason: 'not_found' }
    const order = await readOrder(tx, scope, orderId, request.key, input)
    if (order.earlier) return replay(order.earlier, request)
    if (!canChange(order.status)) return { ok: false, reason: 'too_late', status: order.status }
    const plan = planChange(order, input, order.dishes)
    if (!plan.ok) return plan
    if (plan.touched.length === 0) return commitAndAnswer(tx, scope, orderId, request, 200)

    const portions = portionChanges(plan.touched)
    const counted = await movePortions(tx, scope, portionLines(portions))
    const tooFew = new Map(
      counted.filter(({ left }) => left < 0).map((dish) => [dish.menuItemId, dish.before]),
    )
    if (tooFew.size > 0) {
      const dishes = tooFewPortions(plan.asked, dishesById(order.dishes), tooFew)
      throw refuse({ ok: false, reason: 'dishes_refused', dishes })
    }
    const short =
      order.status === 'pending' ? [] : await postDifference(tx, scope, orderId, order.now, portions)
    if (short.length > 0 && scope.restaurant.stockPolicy === 'refuse') {
      throw refuse({ ok: false, reason: 'out_of_stock', ingredients: short })
    }
    const written = changeWrite(
      tx,
      scope,
      orderId,
      order,
      plan,
      short,
      new Set(counted.map((dish) => dish.menuItemId)),
    )
    return commitAndAnswer(tx, scope, orderId, request, 200, [written])
  })
}

type ReadOrder = {
  status: OrderStatus
  unacknowledged: Unacknowledged | null
  /** Cents. */
  total: number
  lines: OrderLine[]
  lastLine: number
  dishes: Dish[]
  earlier: EarlierRequest | null
  now: string
}

/** The order that the caller has locked, and every dish that this change could need, as the restaurant sells it now. */
async function readOrder(
  tx: Db,
  scope: Placer,
  orderId: string,
  key: string,
  input: OrderChange,
): Promise<ReadOrder> {
  const { id: restaurantId } = scope.restaurant
  const order = sql`restaurant_id = ${restaurantId} and order_id = ${orderId}::uuid`
  const [row] = await tx.execute<ReadOrder>(sql`
    with item as (select * from order_items where ${order})
    select o.status, o.unacknowledged, o.total, to_json(clock_timestamp()) as now,
      (${earlierRequest(scope, key)}) as earlier,
      (${dishesAsked(
        restaurantId,
        sql`
        select menu_item_id from item where line = any(${sql.param(input.change.map(({ line }) => line))}::int[])
        union select unnest(${sql.param(input.add.map(({ menuItemId }) => menuItemId))}::int[])`,
      )}) as dishes,
      greatest((select max(line) from item), (
        select max((details ->> 'lastLine')::int) from order_events where ${order} and kind = 'changed'
      )) as "lastLine",
      (select json_agg(json_build_object('line', i.line, 'menuItemId', i.menu_item_id, 'name', i.name,
        'station', m.station, 'quantity', i.quantity, 'unitPrice', i.unit_price, 'status', i.status,
        'specialRequests', i.special_requests, 'fromCountdown', i.from_countdown) order by i.line)
        from item i join menu_items m on m.id = i.menu_item_id) as lines
    from orders o where o.restaurant_id = ${restaurantId} and o.id = ${orderId}::uuid`)
  if (!row) throw new Error('A locked order is gone.')
  return row
}

/** What a countdown gives and gets back: more of a dish, and less of what it gave and nobody has begun. */
const portionLines = (portions: readonly PortionChange[]): SQL => sql`
  select "menuItemId" as menu_item_id, quantity
  from json_to_recordset(${JSON.stringify(portions)}::text::json) as l (
    "menuItemId" int, quantity int, cooked boolean, "fromCountdown" boolean)
  where quantity > 0 or ("fromCountdown" and not cooked)`

function postDifference(
  tx: Db,
  scope: Placer,
  orderId: string,
  now: string,
  portions: readonly PortionChange[],
): Promise<Shortage[]> {
  const { timeZone, dayCutoff } = scope.restaurant
  const move = { orderId, businessDate: businessDate(new Date(now), timeZone, dayCutoff) }
  const lines = sql`
    select "menuItemId" as menu_item_id, quantity, cooked
    from json_to_recordset(${JSON.stringify(portions)}::text::json) as l (
      "menuItemId" int, quantity int, cooked boolean)`
  return changeForOrder(tx, scope, move, lines)
}

function changeWrite(
  tx: Db,
  scope: Placer,
  orderId: string,
  { status, unacknowledged, total }: ReadOrder,
  plan: ChangePlan,
  short: readonly Shortage[],
  counted: Set<number>,
): SQL {
  const changed = changedForWall(plan.touched)
  const lastLine = Math.max(...changed.map(({ line }) => line), ...plan.lines.map(({ line }) => line))
  const details = {
    lines: changed,
    total: { was: total, now: plan.total },
    lastLine,
    ...shortageDetails(short),
  }
  const events: TicketEvent[] = [{ kind: 'changed', from: status, to: status, details }]
  const isReady = status === 'preparing' && allDone(plan.lines)
  if (isReady) events.push({ kind: 'ready', from: 'preparing', to: 'ready', details: null })
  const change = {
    status: isReady ? ('ready' as const) : status,
    items: [],
    unacknowledged: status === 'pending' ? null : mergeUnacknowledged(unacknowledged, changed),
    events,
  }
  return ticketWrite(tx, scope, orderId, change, {
    total: plan.total,
    more: writeLines(scope, orderId, plan, counted),
  })
}

function writeLines(scope: Placer, orderId: string, { touched }: ChangePlan, counted: Set<number>): SQL[] {
  const { id: restaurantId } = scope.restaurant
  const order = sql`restaurant_id = ${restaurantId} and order_id = ${orderId}::uuid`
  const gone = touched.flatMap(({ before, after }) => (before && !after ? before.line : []))
  const changed = touched.flatMap(({ before, after }) => (before && after ? after : []))
  const added = touched.flatMap(({ before, after }) =>
    !before && after ? { ...after, fromCountdown: counted.has(after.menuItemId) } : [],
  )
  return [
    sql`gone as (delete from order_items where ${order} and line = any(${sql.param(gone)}::int[]))`,
    sql`changed as (
      update order_items i set quantity = c.quantity, special_requests = c."specialRequests", status = 'waiting'
      from json_to_recordset(${JSON.stringify(changed)}::text::json) as c (line int, quantity int, "specialRequests" text)
      where i.restaurant_id = ${restaurantId} and i.order_id = ${orderId}::uuid and i.line = c.line)`,
    sql`added as (
      insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, special_requests,
        from_countdown)
      select ${restaurantId}::int, ${orderId}::uuid, l.line, l."menuItemId", l.name, l.quantity, l."unitPrice",
        l."specialRequests", l."fromCountdown"
      from json_to_recordset(${JSON.stringify(added)}::text::json) as l (
        line int, "menuItemId" int, name text, quantity int, "unitPrice" int, "specialRequests" text,
        "fromCountdown" boolean))`,
  ]
}
