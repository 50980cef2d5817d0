import { type SQL, sql } from 'drizzle-orm'

/** An instant in milliseconds since 1970, as the clock in a browser counts. */
export const milliseconds = (instant: SQL) => sql`floor(extract(epoch from ${instant}) * 1000)::float8`

/**
 * A scalar subquery: orders with their lines as JSON of `WallTicket[]`, in the order of their `place`.
 * @param orders a query of all columns of orders, and `place`
 */
export const wallTickets = (orders: SQL): SQL => sql`(
  select coalesce(json_agg(json_build_object(
    'id', o.id, 'callNumber', o.call_number, 'status', o.status, 'channel', o.channel,
    'placeOrName', o.place_or_name, 'specialInstructions', o.special_instructions,
    'createdAt', ${milliseconds(sql`o.created_at`)}, 'confirmedAt', ${milliseconds(sql`o.confirmed_at`)},
    'readyAt', ${milliseconds(sql`o.ready_at`)}, 'promisedAt', ${milliseconds(sql`o.estimated_delivery`)},
    'items', lines.items, 'unacknowledged', o.unacknowledged
  ) order by o.place), '[]')
  from (${orders}) o
  cross join lateral (
    select coalesce(json_agg(json_build_object(
      'line', i.line, 'menuItemId', i.menu_item_id, 'name', i.name, 'quantity', i.quantity, 'station', m.station,
      'status', i.status, 'specialRequests', i.special_requests
    ) order by i.line), '[]') as items
    from order_items i
    join menu_items m on m.id = i.menu_item_id
    where i.restaurant_id = o.restaurant_id and i.order_id = o.id
  ) lines
)`
