-- $1: how many orders of a year before the oldest ones that are there, with all that hangs on them.
-- Each is an order of the volume set, so many years of 366 days earlier; `round` counts those years.
create temporary table expired as
select restaurant_id, id, round, copied.at,
  overlay(id::text placing hexed.time from 1 for 13)::uuid as new_id
from (
  select restaurant_id, id, round, created_at - round * interval '366 days' as at
  from orders cross join generate_series(1, 1 + $1::int / (select count(*)::int from orders)) round
  order by round, restaurant_id, id
  limit $1::int
) copied
cross join lateral (
  select lpad(to_hex(floor(extract(epoch from copied.at) * 1000)::bigint), 12, '0') as digits
) ms
cross join lateral (select substr(ms.digits, 1, 8) || '-' || substr(ms.digits, 9, 4) as time) hexed;
--> statement-breakpoint
insert into orders (restaurant_id, id, order_number, business_date, call_number, status, channel, place_or_name, total,
  created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at)
select o.restaurant_id, e.new_id, 'ORD' || to_char(o.business_date - e.round * 366, 'YYYYMMDD') || right(o.order_number, 8),
  o.business_date - e.round * 366, o.call_number,
  case when o.status in ('delivered', 'cancelled') then o.status else 'cancelled' end,
  o.channel, o.place_or_name, o.total, e.at,
  o.confirmed_at - shift, o.preparing_at - shift, o.ready_at - shift, o.delivered_at - shift,
  case when o.status = 'delivered' then null else coalesce(o.cancelled_at - shift, e.at + interval '1 hour') end
from expired e
join orders o on o.restaurant_id = e.restaurant_id and o.id = e.id
cross join lateral (select e.round * interval '366 days' as shift) years;
--> statement-breakpoint
insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, status)
select i.restaurant_id, e.new_id, i.line, i.menu_item_id, i.name, i.quantity, i.unit_price, i.status
from expired e join order_items i on i.restaurant_id = e.restaurant_id and i.order_id = e.id;
--> statement-breakpoint
insert into order_events (restaurant_id, seq, n, order_id, kind, from_status, to_status, at)
select v.restaurant_id, v.seq - e.round * 1000000000::bigint, v.n, e.new_id, v.kind, v.from_status, v.to_status,
  v.at - e.round * interval '366 days'
from expired e join order_events v on v.restaurant_id = e.restaurant_id and v.order_id = e.id;
--> statement-breakpoint
insert into order_requests (restaurant_id, idempotency_key, body_hash, order_id, response)
select restaurant_id, 'old ' || new_id, '', new_id, '{}' from expired;
--> statement-breakpoint
drop table expired;
--> statement-breakpoint
vacuum analyze orders, order_items, order_events, order_requests
