-- When each station was done. The slowest of a ticket ticks nothing off: the ticket is bumped as a whole.
create temp table seed_ticks as
with done as (
  select orders.restaurant_id, orders.id as order_id, station, preparing_at as since, ready_at,
    coalesce(ready_at, pg_temp.seed_now()) as until,
    max(preparation_time) as minutes,
    jsonb_agg(jsonb_build_object('line', line, 'status', 'done') order by line) as items
  from orders
  join order_items on order_items.restaurant_id = orders.restaurant_id and order_items.order_id = orders.id
  join menu_items on menu_items.id = menu_item_id
  where orders.status in ('preparing', 'ready', 'delivered') and order_items.status = 'done'
  group by orders.restaurant_id, orders.id, station
), ranked as (
  select *, minutes / max(minutes) over (partition by restaurant_id, order_id)::float8 as share,
    row_number() over (partition by restaurant_id, order_id order by minutes desc, station) as place
  from done
)
select restaurant_id, order_id,
  since + (until - since) * (0.2 + 0.6 * share + 0.15 * pg_temp.draw(746, hashtextextended(order_id || station, 3))) as at,
  jsonb_build_object('station', station, 'items', items) as details
from ranked
where place > 1 or ready_at is null;
