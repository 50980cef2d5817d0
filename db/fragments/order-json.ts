import { type SQL, sql } from 'drizzle-orm'

const isoTime = (column: string) =>
  sql.raw(`to_char(o.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)

/**
 * The JSON text of one order and its lines, as `OrderDetails` has it; null where there is none. Written by PostgreSQL
 * so that the stored answer of a placed order and a later read can't differ in shape.
 */
export const orderJson = (restaurantId: number, orderId: string): SQL => sql`(
  select row_to_json(details)::text
  from (
    select o.id, o.order_number as "orderNumber", o.business_date as "businessDate",
      o.call_number as "callNumber", o.status, o.channel, o.place_or_name as "placeOrName",
      o.special_instructions as "specialInstructions", o.total,
      ${isoTime('estimated_delivery')} as "estimatedDelivery",
      ${isoTime('created_at')} as "createdAt", ${isoTime('confirmed_at')} as "confirmedAt",
      ${isoTime('preparing_at')} as "preparingAt", ${isoTime('ready_at')} as "readyAt",
      ${isoTime('delivered_at')} as "deliveredAt", ${isoTime('cancelled_at')} as "cancelledAt",
      array_to_json(array(
        select row_to_json(item)
        from (
          select i.line, i.menu_item_id as "menuItemId", i.name, i.quantity, i.unit_price as "unitPrice",
            i.subtotal, i.status, i.special_requests as "specialRequests"
          from order_items i
          where i.restaurant_id = o.restaurant_id and i.order_id = o.id
          order by i.line
        ) item
      )) as lines
    from orders o
    where o.restaurant_id = ${restaurantId} and o.id = ${orderId}::uuid
  ) details
)`
