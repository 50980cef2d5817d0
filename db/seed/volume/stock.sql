-- Stock: what was brought and counted 14 business days ago, and what the orders took since; on hand is the sum. 0.6 % of
-- the rows, 60, are low, 12 of those empty. Movements of older orders are left out: the count closed that ledger.
create temp table seed_stock as
select restaurants.id as restaurant_id, ingredients.id as ingredient_id, minimum,
  minimum * (3 + floor(3 * pg_temp.draw(601, key))::int) as par,
  row_number() over (order by pg_temp.draw(602, key), key) as shortness,
  pg_temp.draw(603, key) as u,
  pg_temp.business_date(pg_temp.seed_now(), time_zone, day_cutoff) - 14 as counted_on,
  time_zone, day_cutoff, key
from restaurants cross join ingredients
cross join lateral (values (restaurants.id * 512::bigint + ingredients.id)) as pair (key);

insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par, on_order, counted_at)
select restaurant_id, ingredient_id,
  case when shortness > 60 then round((minimum + (par - minimum) * (0.05 + 0.9 * u))::numeric, 3)
    when shortness <= 12 then 0 else round((minimum * u)::numeric, 3) end,
  minimum, par, stock_on_order(restaurant_id, ingredient_id), (counted_on + day_cutoff + interval '18 hours') at time zone time_zone
from seed_stock order by restaurant_id, ingredient_id;

create temp table seed_taken as
select orders.restaurant_id, orders.id as order_id, ingredient_id, confirmed_at, cancelled_at, preparing_at, business_date,
  sum(order_items.quantity * recipe_ingredients.quantity) as quantity
from orders
join order_items on order_items.restaurant_id = orders.restaurant_id and order_items.order_id = orders.id
join menu_items on menu_items.id = menu_item_id
join recipe_ingredients on recipe_ingredients.recipe_id = menu_items.recipe_id
where confirmed_at is not null
  and (orders.restaurant_id, business_date) in (
    select distinct restaurant_id, counted_on + back from seed_stock cross join generate_series(1, 14) as back)
group by orders.restaurant_id, orders.id, ingredient_id;

-- Cancelled before the stove: given back. After it: what was taken is waste, so it is given back and thrown away.
create temp table seed_movements as
select restaurant_id, ingredient_id, order_id, kind, change as quantity,
  pg_temp.business_date(at, time_zone, day_cutoff) as business_date, at
from seed_taken
join restaurants on restaurants.id = restaurant_id
cross join lateral (values
  ('consumed', -quantity, confirmed_at),
  ('reversed', quantity, cancelled_at),
  ('waste', -quantity, case when preparing_at is not null then cancelled_at end)
) as movement (kind, change, at)
where at is not null;

insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, order_id, note, business_date, created_at)
select restaurant_id, pg_temp.uuid7(at, restaurant_id || ' ' || ingredient_id || ' ' || kind || ' ' || coalesce(order_id::text, '')),
  ingredient_id, kind, quantity, order_id, note, business_date, at
from (
  select restaurant_id, ingredient_id, order_id, kind, quantity, '' as note, business_date, at from seed_movements
  union all
  select stock_levels.restaurant_id, stock_levels.ingredient_id, null, kind, change, opening.note, counted_on,
    (counted_on + day_cutoff + hours) at time zone time_zone + seed_stock.ingredient_id * interval '1 second'
  from stock_levels
  join seed_stock using (restaurant_id, ingredient_id)
  left join (
    select restaurant_id, ingredient_id, sum(quantity) as moved from seed_movements group by restaurant_id, ingredient_id
  ) as since using (restaurant_id, ingredient_id)
  cross join lateral (values (round((0.01 * stock_levels.par)::numeric, 3))) as loss (missing)
  cross join lateral (values
    ('received', on_hand - coalesce(moved, 0) + missing, 'Opening stock', interval '17 hours'),
    ('count', -missing, 'Stocktake', interval '18 hours')
  ) as opening (kind, change, note, hours)
) as ledger
order by at, restaurant_id, ingredient_id;
