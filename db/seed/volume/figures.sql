-- What the rollup job keeps of these orders (db/jobs/rollup.ts; a test compares them).
insert into daily_item_sales (restaurant_id, business_date, menu_item_id, units, revenue)
select orders.restaurant_id, business_date, menu_item_id, sum(quantity), sum(subtotal)
from orders
join order_items on order_items.restaurant_id = orders.restaurant_id and order_items.order_id = orders.id
where confirmed_at is not null and orders.status <> 'cancelled'
group by 1, 2, 3
order by 2, 1, 3;
analyze daily_item_sales;

insert into item_popularity (restaurant_id, menu_item_id, units)
select restaurant_id, menu_item_id, sum(units)
from daily_item_sales
join restaurants on restaurants.id = restaurant_id
where business_date > pg_temp.business_date(pg_temp.seed_now(), time_zone, day_cutoff) - 28
group by 1, 2
order by 1, 2;

insert into chain_popularity (menu_item_id, units)
select menu_item_id, sum(units) from item_popularity group by 1 order by 1;

insert into daily_kitchen_metrics (restaurant_id, business_date, orders_completed, orders_cancelled, average_prep_time,
  median_prep_time, p90_prep_time, revenue, peak_hour_start, peak_hour_end, orders_by_hour, prep_minutes_histogram, computed_at)
with ticket as (
  select restaurant_id, business_date, status, total, confirmed_at,
    extract(hour from orders.created_at at time zone time_zone)::int as hour,
    (extract(epoch from ready_at - confirmed_at) / 60)::numeric as minutes
  from orders join restaurants on restaurants.id = restaurant_id
), day as (
  select restaurant_id, business_date,
    count(*) filter (where status = 'delivered') as completed, count(*) filter (where status = 'cancelled') as cancelled,
    round(avg(minutes), 2) as average,
    round((percentile_cont(0.5) within group (order by minutes))::numeric, 2) as median,
    round((percentile_cont(0.9) within group (order by minutes))::numeric, 2) as p90,
    coalesce(sum(total) filter (where confirmed_at is not null and status <> 'cancelled'), 0) as revenue
  from ticket group by 1, 2
), hours as (
  select restaurant_id, business_date, array_agg(placed order by slot) as by_hour
  from (
    select restaurant_id, business_date, slot, sum(n)::int as placed
    from (
      select restaurant_id, business_date, hour as slot, 1 as n from ticket
      union all select restaurant_id, business_date, slot, 0 from day cross join generate_series(0, 23) as slot
    ) as placement group by 1, 2, 3
  ) as counted group by 1, 2
), histogram as (
  select restaurant_id, business_date, array_agg(tickets order by slot) as by_minute
  from (
    select restaurant_id, business_date, slot, sum(n)::int as tickets
    from (
      select restaurant_id, business_date, least(60, floor(minutes))::int as slot, 1 as n from ticket where minutes is not null
      union all select restaurant_id, business_date, slot, 0 from day cross join generate_series(0, 60) as slot
    ) as finished group by 1, 2, 3
  ) as counted group by 1, 2
)
select restaurant_id, business_date, completed, cancelled, average, median, p90, revenue,
  make_time(peak, 0, 0), make_time((peak + 1) % 24, 0, 0), by_hour, by_minute, pg_temp.seed_now()
from day
join hours using (restaurant_id, business_date)
join histogram using (restaurant_id, business_date)
cross join lateral (
  select array_position(by_hour, (select max(placed) from unnest(by_hour) as placed)) - 1 as peak
) as busiest
order by 2, 1;
