-- How long, and what became of them.
create temp table seed_orders as
with paced as (
  select *,
    pg_temp.business_date(created_at, time_zone, day_cutoff) as business_date,
    pg_temp.draw(510, n) as u_status,
    case when auto_confirm then 0 else 8 + 40 * pg_temp.draw(512, n) end as confirm_s,
    20 + 120 * pg_temp.draw(513, n) as start_s,
    -- Ticket time: half within 7 minutes, more at lunch and dinner, less for boxes, one in twenty in trouble.
    60 * (
      (3.2 + 3.8 * (pg_temp.draw(514, n) + pg_temp.draw(515, n))) * (1.06 - 0.08 * off_peak)
        * case channel when 'takeaway' then 0.95 else 1 end
      + case when pg_temp.draw(516, n) < 0.05 then 2 + 11 * pg_temp.draw(517, n) else 0 end
    ) as cook_s,
    30 + 300 * pg_temp.draw(518, n) as serve_s,
    extract(epoch from pg_temp.seed_now() - created_at)::float8 as age_s
  from (
    select *,
      case when u_channel < 0.62 then 'dine_in' when u_channel < 0.85 then 'takeaway' else 'delivery' end as channel
    from seed_clock
    cross join lateral (values (pg_temp.draw(511, n))) as chance (u_channel)
  ) as placed
), judged as (
  select *,
    case
      when open_rank is null and u_status < 0.03 then 'cancelled'
      when open_rank is null then 'delivered'
      when open_rank <= 2 and not auto_confirm then 'pending'
      when open_rank <= 4 then 'confirmed'
      when open_rank in (12, 13, 15) then 'ready'
      else 'preparing'
    end as status,
    -- A finished ticket of the last minutes was quick: nothing lies in the future.
    least(1, 0.98 * age_s / (confirm_s + cook_s + serve_s)) as pace
  from paced
), spaced as (
  -- Seconds from the placing. An open ticket has come as far as its age allows.
  select *,
    case when auto_confirm then 0 when open_rank is null then confirm_s * pace else 0.06 * age_s end as confirmed_s,
    case when open_rank is null then (confirm_s + start_s) * pace else 0.2 * age_s end as started_s,
    case when open_rank is null then (confirm_s + cook_s) * pace else 0.8 * age_s end as readied_s,
    (confirm_s + cook_s + serve_s) * pace as served_s
  from judged
), stamped as (
  select *,
    created_at + confirmed_s * interval '1 second' as confirmed,
    created_at + started_s * interval '1 second' as started,
    created_at + readied_s * interval '1 second' as readied,
    created_at + served_s * interval '1 second' as served,
    created_at + (started_s + 20 * pace) * interval '1 second' as cancelled
  from spaced
)
select n, restaurant_id, pg_temp.uuid7(created_at, n::text) as id, business_date, status, created_at,
  row_number() over (partition by restaurant_id, business_date order by created_at, n)::int as call_number,
  channel,
  case when channel = 'delivery' then 1 + floor(5000 * pg_temp.scale() * pg_temp.draw(519, n))::bigint end as customer_id,
  -- Half of the cancelled were never confirmed where somebody confirms, a quarter was already on the stove.
  case when auto_confirm or (status <> 'pending' and not (status = 'cancelled' and u_status < 0.015)) then confirmed end
    as confirmed_at,
  case when status in ('preparing', 'ready', 'delivered') or (status = 'cancelled' and u_status >= 0.0225) then started end
    as preparing_at,
  case when status in ('ready', 'delivered') then readied end as ready_at,
  case when status = 'delivered' then served end as delivered_at,
  case when status = 'cancelled' then cancelled end as cancelled_at,
  (array[1,1,1,2,2,2,2,3,3,3,3,3,3,4,4,4,4,5,5,6])[1 + floor(20 * pg_temp.draw(520, n))::int] as line_count
from stamped
order by created_at, n;

create temp table seed_items as
with line as (
  select seed_orders.*, line, n * 8 + line as key
  from seed_orders
  cross join lateral generate_series(1, line_count) as line
), drawn as (
  select *, floor(1000 * pg_temp.draw(521, key) ^ 2.2)::int as popularity_rank, pg_temp.draw(522, key) as u_quantity
  from line
)
select n, drawn.restaurant_id, drawn.id as order_id, line, menu_items.id as menu_item_id, menu_items.name,
  coalesce(menu_overrides.price, menu_items.price) as unit_price,
  case when u_quantity < 0.8 then 1 when u_quantity < 0.95 then 2 when u_quantity < 0.99 then 3 else 4 end as quantity,
  case
    when status in ('ready', 'delivered') then 'done'
    when status <> 'preparing' then 'waiting'
    else pg_temp.pick(array['waiting', 'cooking', 'cooking', 'done'], pg_temp.draw(523, key))
  end as status,
  case when pg_temp.draw(524, key) < 0.1 then pg_temp.pick(
    array['No onion','Allergy: nuts','Gluten free','Sauce on the side','Rare','Well done','No garlic','Extra cheese',
      'Half portion','No chilli','Allergy: shellfish','Dairy free'],
    pg_temp.draw(525, key)) else '' end as special_requests
from drawn
-- Skewed: a tenth of the dishes makes a third of the sales. Multiplying by 733 modulo 1,000 scatters the ranks, so that
-- the popular dishes have no neighbouring numbers.
join menu_items on (menu_items.id * 733 + 17) % 1000 = popularity_rank
left join menu_overrides
  on menu_overrides.restaurant_id = drawn.restaurant_id and menu_overrides.menu_item_id = menu_items.id;

insert into orders (restaurant_id, id, order_number, business_date, call_number, customer_id, status, channel,
  place_or_name, total, special_instructions,
  created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at)
select restaurant_id, seed_orders.id, pg_temp.order_number(business_date, n), business_date, call_number, customer_id,
  status, channel,
  case when channel = 'dine_in' then 'T' || 1 + floor(40 * pg_temp.draw(530, n))::int
    else coalesce(customers.name, pg_temp.pick(
      array['Alex','Bo','Chris','Dana','Eli','Finn','Gray','Jo','Kit','Lou','Max','Nico','Pat','Robin','Sam'],
      pg_temp.draw(531, n))) end,
  total,
  case when pg_temp.draw(532, n) < 0.05 then pg_temp.pick(
    array['Birthday: a candle with dessert','All at once, please','Starters first','Guest in a hurry','Cutlery, please',
      'Ring at the back door','Allergy: sesame','Children eat first'],
    pg_temp.draw(533, n)) else '' end,
  seed_orders.created_at, confirmed_at, preparing_at, ready_at, delivered_at, cancelled_at
from seed_orders
join (select n, sum(quantity * unit_price)::int as total from seed_items group by n) as lines using (n)
left join customers on customers.id = customer_id
order by seed_orders.created_at, n;
-- The planner must know these before the next statements join them.
analyze orders;

insert into order_items (restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, status, special_requests)
select restaurant_id, order_id, line, menu_item_id, name, quantity, unit_price, status, special_requests
from seed_items
-- As they were placed: the lines of an order lie together, and so do those of a day.
order by order_id, line;
analyze order_items;
