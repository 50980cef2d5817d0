-- How long: the slowest dish leads, a rush holds up, one ticket in twenty-five runs into trouble.
create temp table seed_orders as
with meal as (
  select key, sum(quantity * coalesce(menu_overrides.price, menu_items.price))::int as total,
    max(preparation_time) as slowest
  from seed_items
  join seed_tickets using (key)
  join menu_items on menu_items.id = menu_item_id
  left join menu_overrides using (restaurant_id, menu_item_id)
  group by key
), paced as (
  select ticket.*, total,
    extract(epoch from pg_temp.seed_now() - created_at) as age_s,
    pg_temp.draw(730, key) as u_status,
    case when auto_confirm then 0 else 8 + 32 * pg_temp.draw(731, key) end as confirm_s,
    20 + 90 * pg_temp.draw(732, key) as start_s,
    60 * (
      (2.1 + 0.57 * slowest) * (0.78 + 0.44 * pg_temp.draw(733, key)) * (0.91 + 0.035 * least(rush, 7))
        * case when weekend then 1.04 else 1 end * case channel when 'takeaway' then 0.95 else 1 end
      + case when pg_temp.draw(734, key) < 0.04 then 2 + 9 * pg_temp.draw(735, key) else 0 end
    ) as cook_s,
    40 + 200 * pg_temp.draw(736, key) as serve_s
  from seed_tickets as ticket
  join meal using (key)
), judged as (
  select *,
    case
      when open_rank is null and u_status < 0.025 then 'cancelled'
      when open_rank is null then 'delivered'
      when not auto_confirm and open_rank <= case when open_now < 8 then 1 else 2 end then 'pending'
      when age_s < 100 then 'confirmed'
      when open_now - open_rank in (1, 4) then 'ready'
      else 'preparing'
    end as status,
    -- Of a ticket that must be out by now, everything went quicker.
    least(1, 0.97 * age_s / (confirm_s + cook_s + serve_s)) as pace
  from paced
), spaced as (
  -- Seconds from the placing. An open ticket has come as far as its age allows.
  select *,
    case when auto_confirm then 0 when open_rank is null then confirm_s * pace else least(0.25 * age_s, confirm_s) end
      as confirmed_s,
    case when open_rank is null then (confirm_s + start_s) * pace else least(0.5 * age_s, confirm_s + start_s) end
      as started_s,
    case when open_rank is null then (confirm_s + cook_s) * pace else 0.85 * age_s end as readied_s,
    (confirm_s + cook_s + serve_s) * pace as served_s
  from judged
), stamped as (
  select *,
    created_at + confirmed_s * interval '1 second' as confirmed,
    created_at + started_s * interval '1 second' as started,
    created_at + readied_s * interval '1 second' as readied,
    created_at + served_s * interval '1 second' as served,
    created_at + (started_s + 30 * pace) * interval '1 second' as cancelled
  from spaced
)
select key, restaurant_id, pg_temp.uuid7(created_at, key::text) as id, status, channel, total, created_at, age_s,
  pg_temp.business_date(created_at, time_zone, day_cutoff) as business_date,
  -- Of the cancelled, three in five were never confirmed where somebody confirms, one in five was on the stove.
  case when auto_confirm or (status <> 'pending' and not (status = 'cancelled' and u_status < 0.015)) then confirmed end
    as confirmed_at,
  case when status in ('preparing', 'ready', 'delivered') or (status = 'cancelled' and u_status >= 0.02) then started end
    as preparing_at,
  case when status in ('ready', 'delivered') then readied end as ready_at,
  case when status = 'delivered' then served end as delivered_at,
  case when status = 'cancelled' then cancelled end as cancelled_at
from stamped
join (select restaurant_id, time_zone, day_cutoff from seed_places) as clock using (restaurant_id);

insert into customers (name, phone, created_at)
select first || ' ' || last, '+49 151 5550' || lpad((f * 37 + l * 113)::text, 4, '0'),
  pg_temp.seed_now() - (40 + f * 9 + l) * interval '1 day'
from unnest(array['Anna','Ben','Clara','David','Emi','Felix','Grace','Hiro','Ines','James'])
  with ordinality as a (first, f)
cross join unnest(array['Adler','Brooks','Chen','Dixon','Ebner','Fujita','Grant','Hoang','Ivanova','Jensen','Kato','Lang'])
  with ordinality as b (last, l)
order by f, l;

create temp table seed_guests as
select id, name, row_number() over (order by id) as n, count(*) over () as guests from customers;

create temp table seed_wishes as
select * from (values
  ('dine_in', array['Birthday at the table','Theatre at eight: be quick','Starters with the mains','Allergy: nuts',
    'Allergy: shellfish','Coeliac: no flour near it','Bill is split']),
  ('takeaway', array['Cutlery, please','Picked up by a courier','Allergy: nuts','Extra napkins']),
  ('delivery', array['Ring twice','Leave with the neighbour','Fourth floor, no lift','Allergy: nuts','No cutlery'])
) as wish (channel, wishes);

insert into orders (restaurant_id, id, order_number, business_date, call_number, customer_id, status, channel,
  place_or_name, total, special_instructions, estimated_delivery,
  created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at)
select restaurant_id, seed_orders.id,
  pg_temp.order_number(business_date, row_number() over (order by created_at, key)),
  business_date,
  row_number() over (partition by restaurant_id, business_date order by created_at, key),
  case when channel = 'delivery' then guest.id end,
  status, channel,
  case channel
    when 'dine_in' then 'T' || 1 + floor(24 * pg_temp.draw(740, key))::int
    when 'delivery' then guest.name
    else split_part(guest.name, ' ', 1) end,
  total,
  case when pg_temp.draw(741, key) < 0.06 then pg_temp.pick(wishes, pg_temp.draw(742, key)) else '' end,
  case when channel = 'delivery' then created_at + (35 + floor(20 * pg_temp.draw(743, key))) * interval '1 minute' end,
  created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at
from seed_orders
join seed_wishes using (channel)
join seed_guests as guest on guest.n = 1 + floor(guests * pg_temp.draw(744, key))
order by created_at, key;

insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, status, special_requests)
select ticket.restaurant_id, ticket.id, line, menu_items.id, menu_items.name, quantity,
  coalesce(menu_overrides.price, menu_items.price),
  case
    when ticket.status in ('ready', 'delivered') then 'done'
    when ticket.status <> 'preparing' then 'waiting'
    when course in ('drink', 'starter') and age_s > 180 then 'done'
    when course = 'dessert' or age_s < 150 then 'waiting'
    else pg_temp.pick(array['cooking', 'cooking', 'done'], pg_temp.draw(745, key * 16 + line))
  end,
  request
from seed_items
join seed_orders as ticket using (key)
join menu_items on menu_items.id = menu_item_id
left join menu_overrides
  on menu_overrides.restaurant_id = ticket.restaurant_id and menu_overrides.menu_item_id = menu_items.id
order by ticket.created_at, key, line;
analyze orders, order_items, customers;
