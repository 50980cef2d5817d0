-- Orders: 200,000 at scale 1. Each restaurant gets 27 today, 15 of them open; the rest lie on its 364 days before,
-- more at weekends, around lunch and dinner by the clock on its wall.
create temp table seed_days as
with place as (
  select id, time_zone, day_cutoff, auto_confirm, opening, case when closing <= opening then closing + 1440 else closing end as closing,
    pg_temp.business_date(pg_temp.seed_now(), time_zone, day_cutoff) as today,
    greatest(17, round(27 * pg_temp.scale())::int) as orders_today,
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
), counts as (
  select id, day, round(total * upto / max(upto) over ()) - round(total * coalesce(lag(upto) over (order by id, day desc), 0) / max(upto) over ()) as n
  from past cross join (select round(200000 * pg_temp.scale()) - sum(orders_today) as total from place) as rest
)
select place.*, coalesce(counts.day, today) as day, coalesce(counts.n, orders_today)::int as n, counts.day is null as is_today
from place join (select * from counts union all select id, null, null from place) as counts using (id);

create temp table seed_clock as
select row_number() over (order by id, day, k) as n, id as restaurant_id, time_zone, day_cutoff, auto_confirm, is_today,
  case when not is_today then (day + make_interval(secs => 60 * greatest(opening, least(closing - 15, minute)) + 59 * pg_temp.draw(505, key))) at time zone time_zone
    -- Today is what has passed of it: finished tickets first, then the open ones, aged 0 to 14 minutes.
    when open_rank is null then opened + (pg_temp.seed_now() - opened - open_window) * (k - pg_temp.draw(505, key)) / (orders_today - 15)
    else pg_temp.seed_now() - open_window * (open_rank - 0.9 * pg_temp.draw(505, key)) / 15 end as created_at,
  open_rank
from (
  select *, id * 100000000::bigint + (day - date '2000-01-01') * 1000 + k as key,
    case when is_today and k > orders_today - 15 then orders_today - k + 1 end as open_rank,
    least(interval '14 minutes', (pg_temp.seed_now() - opened) / 2) as open_window
  from (select *, (today + day_cutoff) at time zone time_zone as opened from seed_days) as days
  cross join generate_series(1, n) as k
) as slot
cross join lateral (
  -- The sum of three draws is a bell: lunch around 12:50, dinner around 19:30, both later where they open late.
  select case when pg_temp.draw(506, key) < 0.4 then greatest(770, opening + 75) + 90 * (bell - 1.5)
    else greatest(1170, closing - 210) + 170 * (bell - 1.5) end as minute
  from (select pg_temp.draw(502, key) + pg_temp.draw(503, key) + pg_temp.draw(504, key) as bell) as drawn
) as rhythm;

create temp table seed_orders as
with timed as (
  select n, restaurant_id, auto_confirm, open_rank, date_trunc('milliseconds', created_at) as created_at,
    pg_temp.business_date(created_at, time_zone, day_cutoff) as business_date,
    pg_temp.draw(510, n) as u_status, pg_temp.draw(511, n) as u_channel,
    case when auto_confirm then 0 else 8 + 40 * pg_temp.draw(512, n) end as confirm_s, 20 + 120 * pg_temp.draw(513, n) as start_s,
    -- Ticket time: half within 11 minutes, one in sixteen in trouble.
    60 * (5 + 6 * (pg_temp.draw(514, n) + pg_temp.draw(515, n)) + case when pg_temp.draw(516, n) < 0.06 then 6 + 14 * pg_temp.draw(517, n) else 0 end) as cook_s,
    30 + 300 * pg_temp.draw(518, n) as serve_s,
    case when is_today then extract(epoch from pg_temp.seed_now() - created_at) end as age_s
  from seed_clock
), paced as (
  -- A finished ticket of the last minutes was quick: nothing lies in the future.
  select *, least(1, coalesce(0.98 * age_s / (confirm_s + cook_s + serve_s), 1)) * interval '1 second' as pace,
    case
      when open_rank is null and u_status < 0.03 then 'cancelled' when open_rank is null then 'delivered'
      when open_rank <= 2 and not auto_confirm then 'pending' when open_rank <= 4 then 'confirmed'
      when open_rank in (12, 13, 15) then 'ready' else 'preparing' end as status
  from timed
), stamped as (
  select *,
    case when auto_confirm then created_at when open_rank is not null then created_at + 0.06 * age_s * interval '1 second' else created_at + confirm_s * pace end as confirmed,
    case when open_rank is not null then created_at + 0.2 * age_s * interval '1 second' else created_at + (confirm_s + start_s) * pace end as started,
    case when open_rank is not null then created_at + 0.8 * age_s * interval '1 second' else created_at + (confirm_s + cook_s) * pace end as readied,
    created_at + (confirm_s + cook_s + serve_s) * pace as served
  from paced
)
select n, restaurant_id, pg_temp.uuid7(created_at, n::text) as id, business_date, status, created_at,
  row_number() over (partition by restaurant_id, business_date order by created_at, n)::int as call_number,
  case when u_channel < 0.62 then 'dine_in' when u_channel < 0.85 then 'takeaway' else 'delivery' end as channel,
  case when u_channel >= 0.85 then 1 + floor(5000 * pg_temp.scale() * pg_temp.draw(519, n))::bigint end as customer_id,
  -- Half of the cancelled were never confirmed where somebody confirms, a quarter was already on the stove.
  case when auto_confirm or status <> 'pending' and not (status = 'cancelled' and u_status < 0.015) then confirmed end as confirmed_at,
  case when status in ('preparing', 'ready', 'delivered') or (status = 'cancelled' and u_status >= 0.0225) then started end as preparing_at,
  case when status in ('ready', 'delivered') then readied end as ready_at,
  case when status = 'delivered' then served end as delivered_at,
  case when status = 'cancelled' then started + 20 * pace end as cancelled_at,
  (array[1,1,1,2,2,2,2,3,3,3,3,3,3,4,4,4,4,5,5,6])[1 + floor(20 * pg_temp.draw(520, n))::int] as line_count
from stamped
order by created_at, n;

create temp table seed_items as
select seed_orders.n, seed_orders.restaurant_id, seed_orders.id as order_id, line, menu_items.id as menu_item_id, menu_items.name,
  coalesce(menu_overrides.price, menu_items.price) as unit_price,
  case when u_quantity < 0.8 then 1 when u_quantity < 0.95 then 2 when u_quantity < 0.99 then 3 else 4 end as quantity,
  case
    when status in ('ready', 'delivered') then 'done' when status <> 'preparing' then 'waiting'
    else pg_temp.pick(array['waiting', 'cooking', 'cooking', 'done'], pg_temp.draw(523, key)) end as status,
  case when pg_temp.draw(524, key) < 0.1 then pg_temp.pick(array['No onion','Allergy: nuts','Gluten free','Sauce on the side','Rare','Well done','No garlic',
    'Extra cheese','Half portion','No chilli','Allergy: shellfish','Dairy free'], pg_temp.draw(525, key)) else '' end as special_requests
from seed_orders
cross join lateral generate_series(1, line_count) as line
cross join lateral (values (seed_orders.n * 8 + line)) as named (key)
cross join lateral (values (pg_temp.draw(522, key))) as chance (u_quantity)
-- Skewed: a tenth of the dishes makes a third of the sales. Multiplying by 733 modulo 1,000 undoes menu.sql's ranking,
-- so that the popular ones have no neighbouring numbers.
join menu_items on (menu_items.id * 733 + 17) % 1000 = floor(1000 * pg_temp.draw(521, key) ^ 2.2)::int
left join menu_overrides on menu_overrides.restaurant_id = seed_orders.restaurant_id and menu_overrides.menu_item_id = menu_items.id;

insert into orders (restaurant_id, id, order_number, business_date, call_number, customer_id, status, channel, place_or_name,
  total, special_instructions, created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at)
select restaurant_id, seed_orders.id, pg_temp.order_number(business_date, n), business_date, call_number, customer_id, status, channel,
  case when channel = 'dine_in' then 'T' || 1 + floor(40 * pg_temp.draw(530, n))::int
    else coalesce(customers.name, pg_temp.pick(array['Alex','Bo','Chris','Dana','Eli','Finn','Gray','Jo','Kit','Lou','Max','Nico','Pat','Robin','Sam'],
      pg_temp.draw(531, n))) end,
  total,
  case when pg_temp.draw(532, n) < 0.05 then pg_temp.pick(array['Birthday: a candle with dessert','All at once, please','Starters first',
    'Guest in a hurry','Cutlery, please','Ring at the back door','Allergy: sesame','Children eat first'], pg_temp.draw(533, n)) else '' end,
  seed_orders.created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at
from seed_orders
join (select n, sum(quantity * unit_price)::int as total from seed_items group by n) as lines using (n)
left join customers on customers.id = customer_id
order by seed_orders.created_at, n;
-- The planner must know these before the next statements join them.
analyze orders;

insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, status, special_requests)
select restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, status, special_requests
from seed_items;
analyze order_items;
