-- Six weeks of orders by the clock on each restaurant's wall, and what is open at this moment.
create temp table seed_places as
select restaurants.id as restaurant_id, row_number() over (order by restaurants.id) as n, restaurants.slug, time_zone, day_cutoff, auto_confirm,
  extract(epoch from opening_time)::int / 60 as opening, extract(epoch from closing_time)::int / 60 as closing,
  "ordersADay" as orders_a_day, "openNow" as open_now,
  pg_temp.business_date(pg_temp.seed_now(), time_zone, day_cutoff) as today
from restaurants
join json_to_recordset(pg_temp.content('restaurants')) as place (slug text, "ordersADay" int, "openNow" int) using (slug);

insert into customers (name, phone, created_at)
select first || ' ' || last, '+49 151 5550' || lpad((f * 37 + l * 113)::text, 4, '0'), pg_temp.seed_now() - (40 + f * 9 + l) * interval '1 day'
from unnest(array['Anna','Ben','Clara','David','Emi','Felix','Grace','Hiro','Ines','James']) with ordinality as a (first, f)
cross join unnest(array['Adler','Brooks','Chen','Dixon','Ebner','Fujita','Grant','Hoang','Ivanova','Jensen','Kato','Lang']) with ordinality as b (last, l)
order by f, l;

create temp table seed_people as select id, name, row_number() over (order by id) as n, count(*) over () as people from customers;

-- When: a bell around lunch, a wider one around dinner, a few in between; weekends busier and later.
create temp table seed_tickets as
with day as (
  select *, today - back as date,
    (array[0.76, 0.8, 0.88, 1, 1.28, 1.38, 1.1])[extract(isodow from today - back)::int] as weekday
  from seed_places cross join generate_series(0, 41) as back
), served as (
  select *, n * 10000000::bigint + back * 1000 + k as key
  from day cross join lateral generate_series(1, round(orders_a_day * weekday * (0.88 + 0.24 * pg_temp.draw(701, n * 100 + back)))::int) as k
), timed as (
  select *,
    case
      when u < 0.08 then opening + (closing - opening - 60) * u / 0.08
      when u < case when weekday > 1.05 then 0.38 else 0.46 end then opening + 75 + 60 * (bell - 1.5)
      else closing - 205 + 115 * (bell - 1.5) end as minute
  from served
  cross join lateral (values (pg_temp.draw(702, key),
    pg_temp.draw(703, key) + pg_temp.draw(704, key) + pg_temp.draw(705, key))) as drawn (u, bell)
), placed as (
  select key, n as place, restaurant_id, auto_confirm, back, null::int as open_rank, open_now, weekday > 1.05 as weekend,
    (date + make_interval(secs => 60 * greatest(opening + 2, least(closing - 20, minute)) + 59 * pg_temp.draw(706, key))) at time zone time_zone as at,
    minute < 960 as lunch
  from timed
  union all
  -- Right now, whatever the hour: aged from seconds to almost 14 minutes, more young ones than old.
  select n * 10000000::bigint + 900000 + k, n, restaurant_id, auto_confirm, 0, k, open_now, true,
    pg_temp.seed_now() - interval '14 minutes' * ((k - 0.9 * pg_temp.draw(706, n * 10000000::bigint + 900000 + k)) / open_now) ^ 1.2, false
  from seed_places cross join lateral generate_series(1, open_now) as k
)
select key, place, restaurant_id, auto_confirm, back, open_rank, open_now, weekend, lunch, date_trunc('milliseconds', at) as created_at,
  case when u_channel < 0.68 then 'dine_in' when u_channel < 0.86 then 'takeaway' else 'delivery' end as channel,
  (array[1,2,2,2,2,2,2,2,3,3,3,4,4,4,4,2,2,1,5,6])[1 + floor(20 * pg_temp.draw(708, key))::int] as guests
from placed
cross join lateral (values (pg_temp.draw(707, key))) as chance (u_channel)
-- What was ordered in the last quarter of an hour is still open.
where open_rank is not null or at < pg_temp.seed_now() - interval '16 minutes';

-- What: a main for each guest, the rest by chance. Steaks and fish are eaten at the table; what ran out is not sold.
create temp table seed_choices as
select place, at_table, today, course, menu_item_id, dish, upto - weight as low, upto as high, max(upto) over (partition by place, at_table, today, course) as total
from (
  select *, sum(weight) over (partition by place, at_table, today, course order by menu_item_id) as upto
  from (
    select seed_places.n as place, at_table, today, course, menu_items.id as menu_item_id, seed_dishes.n as dish,
      demand::float8 ^ 1.2 * (0.7 + 0.6 * pg_temp.draw(710, seed_places.n * 1000 + seed_dishes.n))
        * case when not at_table and (menu_items.station in ('grill', 'saute') or course = 'drink') then 0.3 else 1 end as weight
    from seed_dishes
    join menu_items on menu_items.name = seed_dishes.name
    cross join (select n, restaurant_id, slug from seed_places) as seed_places
    left join menu_overrides on menu_overrides.restaurant_id = seed_places.restaurant_id and menu_item_id = menu_items.id
    cross join (values (true), (false)) as way (at_table)
    cross join (values (true), (false)) as day (today)
    where menu_overrides.is_available is distinct from false
  ) as weighed
  where not (today and exists (
    select from json_to_recordset(pg_temp.content('shortages')) as shortage (restaurant text, ingredient text, "left" numeric)
    join seed_places on seed_places.slug = restaurant
    join ingredients on ingredients.name = ingredient
    join seed_cards on seed_cards.ingredient_id = ingredients.id
    where "left" = 0 and seed_places.n = place and seed_cards.n = dish))
) as ranked;
analyze seed_tickets, seed_choices;

create temp table seed_items as
select key, row_number() over (partition by key order by course_order, menu_item_id, request)::smallint as line,
  menu_item_id, dish, course, count(*)::int as quantity, request
from (
  select key, course_order, picked.course, menu_item_id, dish,
    case when 'Rare' = any (requests) and pg_temp.draw(722, pick) < 0.85 or cardinality(requests) > 0 and pg_temp.draw(722, pick) < 0.1
      then pg_temp.pick(requests, pg_temp.draw(723, pick)) else '' end as request
  from (
    select slots.key, pick, course_order, course, choice.menu_item_id, choice.dish
    from (
      select ticket.*, course_order, course, ticket.key * 64 + course_order * 10 + slot as pick,
        pg_temp.draw(721, ticket.key * 64 + course_order * 10 + slot) as u
      from seed_tickets as ticket
      cross join lateral (values
        (0, 'drink', case when channel = 'dine_in' then 0.4 else 0.1 end),
        (1, 'starter', case when channel = 'dine_in' then 0.35 else 0.15 end),
        (2, 'main', 1),
        (3, 'side', 0.2),
        (4, 'dessert', case when lunch then 0.08 when channel = 'dine_in' then 0.18 else 0.1 end)
      ) as part (course_order, course, share)
      cross join lateral generate_series(1,
        floor(guests * share + case when share < 1 then pg_temp.draw(720, key * 8 + course_order) else 0 end)::int) as slot
      offset 0 -- Draws once a slot, before the join multiplies the rows.
    ) as slots
    join seed_choices as choice using (place, course)
    where at_table = (channel = 'dine_in') and today = (back = 0) and u * total >= low and u * total < high
  ) as picked
  join seed_dishes on seed_dishes.n = dish
) as asked
group by key, course_order, course, menu_item_id, dish, request;

-- How long: the slowest dish leads, one ticket in twenty runs into trouble.
create temp table seed_orders as
with paced as (
  select ticket.*, extract(epoch from pg_temp.seed_now() - created_at) as age_s, total, pg_temp.draw(730, key) as u_status,
    case when auto_confirm then 0 else 8 + 32 * pg_temp.draw(731, key) end as confirm_s,
    20 + 90 * pg_temp.draw(732, key) as start_s,
    60 * ((4.2 + 0.52 * slowest) * (0.76 + 0.5 * pg_temp.draw(733, key)) * case when weekend then 1.08 else 1 end
      + case when pg_temp.draw(734, key) < 0.05 then 4 + 14 * pg_temp.draw(735, key) else 0 end) as cook_s,
    40 + 200 * pg_temp.draw(736, key) as serve_s
  from seed_tickets as ticket
  join (
    select key, restaurant_id, sum(quantity * coalesce(menu_overrides.price, menu_items.price))::int as total, max(preparation_time) as slowest
    from seed_items
    join seed_tickets using (key)
    join menu_items on menu_items.id = menu_item_id
    left join menu_overrides using (restaurant_id, menu_item_id)
    group by key, restaurant_id
  ) as meal using (key, restaurant_id)
), judged as (
  select *,
    case
      when open_rank is null and u_status < 0.025 then 'cancelled'
      when open_rank is null then 'delivered'
      when not auto_confirm and open_rank <= case when open_now < 8 then 1 else 2 end then 'pending'
      when age_s < 150 then 'confirmed'
      when open_now - open_rank in (1, 4) then 'ready'
      else 'preparing' end as status,
    -- Of a ticket that must be out by now, everything went quicker.
    case when open_rank is null then least(1, 0.97 * age_s / (confirm_s + cook_s + serve_s)) * interval '1 second' end as pace,
    interval '1 second' as second
  from paced
), stamped as (
  select *,
    case when auto_confirm then created_at when open_rank is null then created_at + confirm_s * pace
      else created_at + least(0.25 * age_s, confirm_s) * second end as confirmed,
    case when open_rank is null then created_at + (confirm_s + start_s) * pace else created_at + least(0.5 * age_s, confirm_s + start_s) * second end as started,
    case when open_rank is null then created_at + (confirm_s + cook_s) * pace else created_at + 0.85 * age_s * second end as readied,
    created_at + (confirm_s + cook_s + serve_s) * pace as served
  from judged
)
select key, restaurant_id, pg_temp.uuid7(created_at, key::text) as id, status, channel, total, created_at, age_s,
  pg_temp.business_date(created_at, time_zone, day_cutoff) as business_date,
  case when auto_confirm or status <> 'pending' and not (status = 'cancelled' and u_status < 0.015) then confirmed end as confirmed_at,
  case when status in ('preparing', 'ready', 'delivered') or status = 'cancelled' and u_status >= 0.02 then started end as preparing_at,
  case when status in ('ready', 'delivered') then readied end as ready_at,
  case when status = 'delivered' then served end as delivered_at,
  case when status = 'cancelled' then started + 30 * pace end as cancelled_at
from stamped
join (select restaurant_id, time_zone, day_cutoff from seed_places) as clock using (restaurant_id);

insert into orders (restaurant_id, id, order_number, business_date, call_number, customer_id, status, channel, place_or_name, total,
  special_instructions, estimated_delivery, created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at)
select restaurant_id, seed_orders.id, pg_temp.order_number(business_date, row_number() over (order by seed_orders.created_at, key)), business_date,
  row_number() over (partition by restaurant_id, business_date order by seed_orders.created_at, key),
  case when channel = 'delivery' then guest.id end, status, channel,
  case channel when 'dine_in' then 'T' || 1 + floor(24 * pg_temp.draw(740, key))::int
    when 'delivery' then guest.name else split_part(guest.name, ' ', 1) end,
  total,
  case when pg_temp.draw(741, key) < 0.06 then pg_temp.pick(
    case channel
      when 'dine_in' then array['Birthday at the table', 'Theatre at eight: be quick', 'Starters with the mains', 'Allergy: nuts', 'Allergy: shellfish', 'Coeliac: no flour near it', 'Bill is split']
      when 'takeaway' then array['Cutlery, please', 'Picked up by a courier', 'Allergy: nuts', 'Extra napkins']
      else array['Ring twice', 'Leave with the neighbour', 'Fourth floor, no lift', 'Allergy: nuts', 'No cutlery'] end,
    pg_temp.draw(742, key)) else '' end,
  case when channel = 'delivery' then seed_orders.created_at + (35 + floor(20 * pg_temp.draw(743, key))) * interval '1 minute' end,
  seed_orders.created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at
from seed_orders
join seed_people as guest on guest.n = 1 + floor(people * pg_temp.draw(744, key))
order by seed_orders.created_at, key;

insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, status, special_requests)
select seed_orders.restaurant_id, seed_orders.id, line, menu_items.id, menu_items.name, quantity, coalesce(menu_overrides.price, menu_items.price),
  case
    when seed_orders.status in ('ready', 'delivered') then 'done'
    when seed_orders.status <> 'preparing' then 'waiting'
    when course in ('drink', 'starter') and age_s > 240 then 'done'
    when course = 'dessert' or age_s < 200 then 'waiting'
    else pg_temp.pick(array['cooking', 'cooking', 'done'], pg_temp.draw(745, key * 16 + line)) end,
  request
from seed_items
join seed_orders using (key)
join menu_items on menu_items.id = menu_item_id
left join menu_overrides on menu_overrides.restaurant_id = seed_orders.restaurant_id and menu_overrides.menu_item_id = menu_items.id
order by seed_orders.created_at, key, line;
analyze orders, order_items, customers;
