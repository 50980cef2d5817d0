import { type SQL, sql } from 'drizzle-orm'

/**
 * A clause `span` of a `with`: of each restaurant the first and the last order id of a clause with `restaurant_id, id`.
 * Ids are in the order of time, so the lines and events of some days' orders lie side by side: one search for each
 * restaurant finds them, not one for each order.
 */
export const orderSpans = (orders: string): SQL => sql`span as materialized (
    -- There is no min() of a uuid.
    select restaurant_id, min(id::text collate "C")::uuid as first, max(id::text collate "C")::uuid as last
    from ${sql.identifier(orders)}
    group by restaurant_id
  )`

/**
 * A query of `restaurant_id, columns`: rows of the orders in each `span` above, and of others between them, to be joined
 * with the orders by restaurant and `order_id`. It is not merged into that join: the planner would search a span once for
 * each of its orders.
 */
export const inSpans = (
  table: 'order_items' | 'order_events',
  { columns, where = sql`true` }: { columns: SQL; where?: SQL },
): SQL => sql`
  select span.restaurant_id, found.*
  from span
  cross join lateral (
    select ${columns} from ${sql.identifier(table)}
    where restaurant_id = span.restaurant_id and order_id between span.first and span.last and ${where}
    offset 0
  ) found
  offset 0`
