import { type SQL, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Channel, OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'

export type OrderDayParams = {
  businessDate: string
  /** Words that must all be found in an order, in any case; none is no filter, like null below. */
  search: string
  channel: Channel | null
  status: OrderStatus | null
  /** The call number before which the page begins; null is the newest order. */
  before: number | null
  limit: number
}

export type OrderDayRow = {
  id: string
  orderNumber: string
  callNumber: number
  status: OrderStatus
  channel: Channel
  placeOrName: string
  /** Null where the guest gave no name. */
  customer: string | null
  /** Cents. */
  total: number
  /** Milliseconds since 1970. */
  createdAt: number
  /** Portions of all lines. */
  portions: number
  /** The first three dishes with their portions, `2 Risotto`, in the order of the ticket. */
  dishes: string[]
  /** How many lines there are beyond those. */
  moreLines: number
  /** A change or a cancel that the kitchen has not acknowledged. */
  unacknowledged: boolean
}

type StatusCount = { status: OrderStatus; orders: number; cents: number }

export type OrderDay = {
  /** The newest first. */
  rows: OrderDayRow[]
  /** Where the next page begins; null on the last. */
  next: number | null
  /** Under the search and the channel, whatever the status; a status without an order is left out. */
  counts: StatusCount[]
  /** Cents of the same orders: confirmed and not cancelled. */
  revenue: number
}

/**
 * One page of a restaurant's business day, with what each status holds under the same search. Pages begin before a call
 * number, which orders take in the order in which they commit: what comes in meanwhile is on no page but the first, so
 * turning pages neither skips nor repeats an order. One pass over the day's orders, some hundreds at most.
 */
export async function getOrderDay(
  db: Db,
  scope: RestaurantScope,
  { businessDate, search, channel, status, before, limit }: OrderDayParams,
): Promise<OrderDay> {
  const { id } = scope.restaurant
  const found = [
    ...(channel ? [sql`o.channel = ${channel}`] : []),
    ...search
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(isAbout),
  ]
  const paged = [
    ...(status ? [sql`status = ${status}`] : []),
    ...(before === null ? [] : [sql`"callNumber" < ${before}::int`]),
  ]
  type Answer = { rows: OrderDayRow[] | null; counts: StatusCount[] | null; revenue: number }
  const [row] = await db.execute<Answer>(sql`
    with found as materialized (
      select o.id, o.order_number as "orderNumber", o.call_number as "callNumber", o.status, o.channel,
        o.place_or_name as "placeOrName", c.name as customer, o.total,
        floor(extract(epoch from o.created_at) * 1000)::float8 as "createdAt",
        o.unacknowledged is not null as unacknowledged, o.confirmed_at is not null as fired
      from orders o
      left join customers c on c.id = o.customer_id
      where ${and([sql`o.restaurant_id = ${id} and o.business_date = ${businessDate}::date`, ...found])}
    ), page as (
      select * from found where ${and([sql`true`, ...paged])} order by "callNumber" desc limit ${limit + 1}::int
    )
    select (
        select json_agg(json_build_object('id', p.id, 'orderNumber', p."orderNumber", 'callNumber', p."callNumber",
          'status', p.status, 'channel', p.channel, 'placeOrName', p."placeOrName", 'customer', p.customer,
          'total', p.total, 'createdAt', p."createdAt", 'unacknowledged', p.unacknowledged,
          'portions', l.portions, 'dishes', l.dishes, 'moreLines', l.more) order by p."callNumber" desc)
        from page p
        cross join lateral (
          select coalesce(sum(i.quantity), 0)::int as portions, greatest(count(*) - 3, 0)::int as more,
            coalesce((array_agg(i.quantity || ' ' || i.name order by i.line))[:3], '{}') as dishes
          from order_items i where i.restaurant_id = ${id} and i.order_id = p.id
        ) l
      ) as rows,
      (
        select json_agg(json_build_object('status', s.status, 'orders', s.orders, 'cents', s.cents))
        from (select status, count(*) as orders, sum(total)::float8 as cents from found group by status) s
      ) as counts,
      (select coalesce(sum(total), 0)::float8 from found where fired and status <> 'cancelled') as revenue`)
  if (!row) throw new Error('A select without FROM returned no row.')
  const rows = row.rows ?? []
  const shown = rows.slice(0, limit)
  const next = rows.length > limit ? (shown.at(-1)?.callNumber ?? null) : null
  return { rows: shown, next, counts: row.counts ?? [], revenue: row.revenue }
}

/** The order of an order number of this restaurant, of any day, whatever the case it is typed in; or null. */
export async function findOrderByNumber(
  db: Db,
  scope: RestaurantScope,
  orderNumber: string,
): Promise<string | null> {
  const [row] = await db.execute<{ id: string }>(sql`
    select id from orders
    where restaurant_id = ${scope.restaurant.id} and order_number = ${orderNumber.toUpperCase()}`)
  return row?.id ?? null
}

const and = (conditions: readonly SQL[]): SQL => sql.join([...conditions], sql` and `)

/**
 * Whether an order is what a word looks for: its call number (`12`, `#12`), its number or from its fourth character on
 * the beginning of the part that tells the day's orders apart, or a piece of where it goes, whose it is, or a dish.
 */
function isAbout(word: string): SQL {
  const anywhere = `%${escapeLike(word)}%`
  const call = /^#?(\d{1,9})$/.exec(word)?.[1]
  const upper = word.toUpperCase()
  const ways = [
    sql`o.place_or_name ilike ${anywhere}`,
    sql`c.name ilike ${anywhere}`,
    sql`o.order_number = ${upper}`,
    ...(call ? [sql`o.call_number = ${Number(call)}::int`] : []),
    ...(upper.length >= 4 ? [sql`substr(o.order_number, 12) like ${`${escapeLike(upper)}%`}`] : []),
    sql`exists (
      select from order_items i
      where i.restaurant_id = o.restaurant_id and i.order_id = o.id and i.name ilike ${anywhere}
    )`,
  ]
  return sql`(${sql.join(ways, sql` or `)})`
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
