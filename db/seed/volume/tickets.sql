-- When: 200,000 orders at scale 1. Each of 20 restaurants gets 27 today, 15 of them open; the rest lie on its 364 days before,
-- more at weekends, around lunch and dinner by the clock on its wall.
create temp table seed_days as
with place as (
  select id, time_zone, day_cutoff, auto_confirm, opening,
    case when closing <= opening then closing + 1440 else closing end as closing,
    pg_temp.business_date(pg_temp.seed_now(), time_zone, day_cutoff) as today,
    greatest(17, round(27 * pg_temp.scale() * 20 / count(*) over ())::int) as orders_today,
    0.7 + 0.6 * pg_temp.draw(501, id) as busy
  from (
    select *, extract(epoch from opening_time)::int / 60 as opening, extract(epoch from closing_time)::int / 60 as closing
    from restaurants
  ) as hours
), past as (
  select id, today - back as day,
    sum(busy * (array[0.8, 0.85, 0.9, 1, 1.25, 1.35, 1.05])[extract(isodow from today - back)::int])
      over (order by id, back) as upto
  from place cross join generate_series(1, 364) as back
), shares as (
  select id, day, upto / max(upto) over () as upto,
    coalesce(lag(upto) over (order by id, day desc), 0) / max(upto) over () as before
  from past
), counts as (
  -- Rounding the running total, not each day, keeps the sum exact.
  select id, day, round(total * upto) - round(total * before) as n
  from shares
  cross join (select round(200000 * pg_temp.scale()) - sum(orders_today) as total from place) as rest
)
select place.*, day, n::int, false as is_today from place join counts using (id)
union all
select place.*, today, orders_today, true from place;

create temp table seed_clock as
with slot as (
  select *, id * 100000000::bigint + (day - date '2000-01-01') * 1000 + k as key,
    case when is_today and k > orders_today - 15 then orders_today - k + 1 end as open_rank,
    least(interval '14 minutes', (pg_temp.seed_now() - opened) / 2) as open_window
  from (select *, (today + day_cutoff) at time zone time_zone as opened from seed_days) as days
  cross join generate_series(1, n) as k
), drawn as (
  -- The sum of three draws is a bell.
  select *, pg_temp.draw(502, key) + pg_temp.draw(503, key) + pg_temp.draw(504, key) - 1.5 as bell,
    pg_temp.draw(505, key) as luck
  from slot
), timed as (
  -- Lunch around 12:50, dinner around 19:30, both later where they open late.
  select *,
    case when pg_temp.draw(506, key) < 0.4 then greatest(770, opening + 75) + 90 * bell
      else greatest(1170, closing - 210) + 170 * bell end as minute
  from drawn
)
select row_number() over (order by id, day, k) as n, id as restaurant_id, time_zone, day_cutoff, auto_confirm, is_today,
  open_rank, abs(bell) as off_peak,
  date_trunc('milliseconds', case
    when not is_today then
      (day + make_interval(secs => 60 * greatest(opening, least(closing - 15, minute)) + 59 * luck)) at time zone time_zone
    -- Today is what has passed of it: finished tickets first, then the open ones, aged 0 to 14 minutes, two or three late.
    when open_rank is null then opened + (pg_temp.seed_now() - opened - open_window) * (k - luck) / (orders_today - 15)
    else pg_temp.seed_now() - open_window * ((open_rank - 0.9 * luck) / 15) ^ 2
  end) as created_at
from timed;
