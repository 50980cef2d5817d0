import { type SQL, sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { ChainScope } from '@/domain/scope'
import type { Channel, OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { holdsName } from '../fragments/holds-name'
import { milliseconds } from '../fragments/milliseconds'

type Scope = ChainScope<'customers:read'>

/** The fewest letters or digits of a word that the index can find. */
export const SHORTEST_CUSTOMER_WORD = 3

/** The most that are looked at. More people share a first name than anybody reads through. */
const MOST_COMPARED = 1000

export type FoundCustomer = {
  id: number
  name: string
  phone: string | null
  email: string | null
  /** In the restaurants of the scope: how many orders, and when the last was placed, in milliseconds since 1970. */
  orders: number
  lastOrderAt: number | null
}

/**
 * Customers who hold every word in name, number or address, and who ordered in one of the restaurants in scope; those
 * who ordered last come first. Where the scope is the whole chain's, also who has no order any more. Words shorter than
 * `SHORTEST_CUSTOMER_WORD` only narrow what a longer one finds; without a longer one nobody is found.
 */
export async function searchCustomers(
  db: Db,
  scope: Scope,
  { words, limit }: { words: readonly string[]; limit: number },
): Promise<{ customers: FoundCustomer[]; more: boolean }> {
  if (!words.some((word) => [...word].length >= SHORTEST_CUSTOMER_WORD)) return { customers: [], more: false }
  const text = sql`c.name || ' ' || coalesce(c.phone, '') || ' ' || coalesce(c.email, '')`
  const found = await db.execute<FoundCustomer>(sql`
    select c.id::int, c.name, c.phone, c.email, o.orders, o.last as "lastOrderAt"
    from (
      select c.id, c.name, c.phone, c.email from customers c
      where ${and(words.map((word) => holdsName(text, word)))} limit ${MOST_COMPARED}
    ) c
    cross join lateral (
      select count(*)::int as orders, ${milliseconds(sql`max(created_at)`)} as last
      from orders where customer_id = c.id and ${isOurs(scope)}
    ) o
    where ${scope.isWholeChain} or o.orders > 0
    order by o.last desc nulls last, c.name, c.id
    limit ${limit + 1}`)
  return { customers: found.slice(0, limit), more: found.length > limit }
}

export type Customer = {
  id: number
  name: string
  phone: string | null
  email: string | null
  /** Milliseconds since 1970, like the next ones; null: still known by name. */
  anonymisedAt: number | null
  since: number
  /** Orders in the restaurants of the scope, with those that were cancelled, and in how many of the restaurants. */
  orders: number
  cancelled: number
  restaurants: number
  /** Cents: confirmed and not cancelled. */
  spent: number
  lastOrderAt: number | null
  /** In any restaurant: on a wall, so that what the guest asked for is still needed. */
  open: number
}

/** One customer, as far as the scope sees their orders; null for who never ordered there, unless it is the whole chain's. */
export async function getCustomer(db: Db, scope: Scope, customerId: number): Promise<Customer | null> {
  const [row] = await db.execute<Customer & { spent: string | number }>(sql`
    select c.id::int, c.name, c.phone, c.email, ${milliseconds(sql`c.anonymised_at`)} as "anonymisedAt",
      ${milliseconds(sql`c.created_at`)} as since, o.orders, o.cancelled, o.restaurants, o.spent,
      o.last as "lastOrderAt", o.open
    from customers c
    cross join lateral (
      select (count(*) filter (where ours))::int as orders,
        (count(*) filter (where ours and status = 'cancelled'))::int as cancelled,
        (count(distinct restaurant_id) filter (where ours))::int as restaurants,
        coalesce(sum(total) filter (where ours and confirmed_at is not null and status <> 'cancelled'), 0) as spent,
        ${milliseconds(sql`max(created_at) filter (where ours)`)} as last,
        (count(*) filter (where status not in ('delivered', 'cancelled') or unacknowledged is not null))::int as open
      from (
        select restaurant_id, status, total, confirmed_at, created_at, unacknowledged, ${isOurs(scope)} as ours
        from orders where customer_id = c.id
      ) all_orders
    ) o
    where c.id = ${customerId}::bigint and (${scope.isWholeChain} or o.orders > 0)`)
  return row ? { ...row, spent: Number(row.spent) } : null
}

export type CustomerOrder = {
  id: string
  orderNumber: string
  restaurantSlug: string
  restaurant: string
  timeZone: string
  businessDate: string
  callNumber: number
  channel: Channel
  status: OrderStatus
  /** Cents. */
  total: number
  /** Milliseconds since 1970. */
  createdAt: number
  /** The first three dishes with their portions, and how many lines there are beyond those. */
  dishes: string[]
  moreLines: number
}

/**
 * A customer's orders in the restaurants of the scope, the newest first, at most `limit`, older than the order `before`.
 * Ids are in the order of time over all restaurants.
 */
export async function listCustomerOrders(
  db: Db,
  scope: Scope,
  { customerId, before, limit }: { customerId: number; before: string | null; limit: number },
): Promise<CustomerOrder[]> {
  const older = before !== null && isUuid(before) ? sql`and o.id < ${before}::uuid` : sql``
  return db.execute<CustomerOrder>(sql`
    select o.id, o.order_number as "orderNumber", r.slug as "restaurantSlug", r.name as restaurant,
      r.time_zone as "timeZone", o.business_date::text as "businessDate", o.call_number as "callNumber", o.channel,
      o.status, o.total, ${milliseconds(sql`o.created_at`)} as "createdAt", l.dishes, l.more as "moreLines"
    from (
      select * from orders o
      where o.customer_id = ${customerId}::bigint and ${isOurs(scope)} ${older}
      order by o.id desc limit ${limit}
    ) o
    join restaurants r on r.id = o.restaurant_id
    cross join lateral (
      select greatest(count(*) - 3, 0)::int as more,
        coalesce((array_agg(i.quantity || ' ' || i.name order by i.line))[:3], '{}') as dishes
      from order_items i where i.restaurant_id = o.restaurant_id and i.order_id = o.id
    ) l
    order by o.id desc`)
}

const isOurs = (scope: Scope): SQL => sql`restaurant_id = any(${sql.param(scope.restaurantIds)}::int[])`

const and = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` and `)
