-- When: six weeks of orders by the clock on each restaurant's wall, and what is open at this moment.
create temp table seed_places as
select restaurants.id as restaurant_id, row_number() over (order by restaurants.id) as n, restaurants.slug,
  time_zone, day_cutoff, auto_confirm,
  extract(epoch from opening_time)::int / 60 as opening, extract(epoch from closing_time)::int / 60 as closing,
  "ordersADay" as orders_a_day, "openNow" as open_now,
  pg_temp.business_date(pg_temp.seed_now(), time_zone, day_cutoff) as today
from restaurants
join json_to_recordset(pg_temp.content('restaurants'))
  as place (slug text, "ordersADay" int, "openNow" int) using (slug);

-- A bell around lunch, a wider one around dinner, a few in between; weekends busier and later.
create temp table seed_tickets as
with day as (
  select *, today - back as date,
    (array[0.76, 0.8, 0.88, 1, 1.28, 1.38, 1.1])[extract(isodow from today - back)::int] as weekday
  from seed_places
  cross join generate_series(0, 41) as back
), served as (
  select *, n * 10000000::bigint + back * 1000 + k as key
  from day
  cross join lateral (values (0.88 + 0.24 * pg_temp.draw(701, n * 100 + back))) as chance (luck)
  cross join lateral generate_series(1, round(orders_a_day * weekday * luck)::int) as k
), timed as (
  select *,
    case
      when u < 0.08 then opening + (closing - opening - 60) * u / 0.08
      when u < case when weekday > 1.05 then 0.38 else 0.46 end then opening + 75 + 60 * (bell - 1.5)
      else closing - 205 + 115 * (bell - 1.5)
    end as minute
  from served
  cross join lateral (values (
    pg_temp.draw(702, key),
    pg_temp.draw(703, key) + pg_temp.draw(704, key) + pg_temp.draw(705, key)
  )) as drawn (u, bell)
), history as (
  select key, n as place, restaurant_id, auto_confirm, back, null::int as open_rank, open_now,
    weekday > 1.05 as weekend, minute < 960 as lunch,
    (date + make_interval(secs => 60 * greatest(opening + 2, least(closing - 20, minute)) + 59 * pg_temp.draw(706, key)))
      at time zone time_zone as at
  from timed
), present as (
  -- Whatever the hour: aged from seconds to almost 14 minutes, most of them young, one or two late.
  select key, n as place, restaurant_id, auto_confirm, 0 as back, k as open_rank, open_now,
    true as weekend, false as lunch,
    pg_temp.seed_now() - interval '14 minutes' * ((k - 0.9 * pg_temp.draw(706, key)) / open_now) ^ 2 as at
  from seed_places
  cross join lateral generate_series(1, open_now) as k
  cross join lateral (values (n * 10000000::bigint + 900000 + k)) as named (key)
)
select key, place, restaurant_id, auto_confirm, back, open_rank, open_now, weekend, lunch,
  date_trunc('milliseconds', at) as created_at,
  case when u_channel < 0.68 then 'dine_in' when u_channel < 0.86 then 'takeaway' else 'delivery' end as channel,
  (array[1,2,2,2,2,2,2,2,3,3,3,4,4,4,4,2,2,1,5,6])[1 + floor(20 * pg_temp.draw(708, key))::int] as guests,
  count(*) over (partition by restaurant_id order by at range interval '20 minutes' preceding) as rush
from (
  -- What was ordered in the last quarter of an hour is still open.
  select * from history where at < pg_temp.seed_now() - interval '16 minutes'
  union all select * from present
) as placed
cross join lateral (values (pg_temp.draw(707, key))) as chance (u_channel);
analyze seed_tickets;
