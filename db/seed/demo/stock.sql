-- Stock as the ledger tells it: opened with par, used by recipe card, some wasted, counted on Sundays, delivered in
-- whole packs up to par. What runs short at this moment missed its last deliveries.
create temp table seed_taken as
select orders.restaurant_id, ingredient_id, orders.id as order_id, confirmed_at, preparing_at, cancelled_at,
  sum(order_items.quantity * recipe_ingredients.quantity) as quantity
from orders
join order_items on order_items.restaurant_id = orders.restaurant_id and order_items.order_id = orders.id
join menu_items on menu_items.id = menu_item_id
join recipe_ingredients using (recipe_id)
where confirmed_at is not null
group by orders.restaurant_id, orders.id, ingredient_id;

create temp table seed_shelves as
with used as (
  select restaurant_id, ingredient_id, sum(quantity) / 42 as a_day
  from seed_taken where confirmed_at is not null and cancelled_at is null group by 1, 2
), planned as (
  select seed_places.*, ingredients.id as ingredient_id, ingredients.name, pack_size, coalesce(a_day, 0) as a_day,
    -- Days between deliveries: who needs a day to come, comes every other day.
    least(4, 1 + lead_time_days) as every, suppliers.id as supplier_id,
    case unit when 'g' then 10 when 'ml' then 10 when 'pcs' then 5 else 0.5 end as step,
    (select min(ingredient.id) from ingredients as ingredient) as first_id
  from seed_places
  cross join ingredients
  join suppliers on suppliers.id = supplier_id
  left join used on used.restaurant_id = seed_places.restaurant_id and used.ingredient_id = ingredients.id
), levelled as (
  select *, greatest(1, ceil(1.4 * a_day / step)) * step as minimum from planned
)
select *, n * 1000 + ingredient_id - first_id as key,
  pack_size * ceil(greatest((1.5 * every + 2.6) * a_day, 2 * minimum) / pack_size) as par
from levelled;

analyze seed_taken, seed_shelves;

-- A new restaurant starts with what the four have found out.
update ingredients set minimum = typical.minimum
from (select ingredient_id, max(minimum) as minimum from seed_shelves group by 1) as typical
where typical.ingredient_id = ingredients.id;

create temp table seed_movements as
select seed_taken.restaurant_id, ingredient_id, order_id, kind, change as quantity, '' as note, at,
  pg_temp.business_date(at, time_zone, day_cutoff) as business_date
from seed_taken
join seed_places using (restaurant_id)
cross join lateral (values
  ('consumed', -quantity, confirmed_at),
  ('reversed', quantity, cancelled_at),
  ('waste', -quantity, case when preparing_at is not null then cancelled_at end)
) as movement (kind, change, at)
where at is not null;

-- On Sunday nights a third of the shelves is counted and a little is missing; on any night something spoils. Tokyo has
-- not counted for a while.
insert into seed_movements
select restaurant_id, ingredient_id, null, kind, -quantity, note, at, pg_temp.business_date(at, time_zone, day_cutoff)
from (
  select seed_shelves.*, kind, note, round(greatest(0.05, a_day * share)::numeric, case when step < 5 then 2 else 0 end) as quantity,
    (today - back + interval '22 hours 50 minutes' + key % 50 * interval '1 minute') at time zone time_zone as at
  from seed_shelves
  cross join generate_series(1, 40) as back
  cross join lateral (values (pg_temp.draw(801, key * 64 + back), pg_temp.draw(802, key * 64 + back))) as drawn (u, v)
  cross join lateral (values
    ('count', 'Sunday count', 0.02 + 0.1 * v,
      extract(isodow from today - back) = 7 and u < 0.33 and (slug <> 'tokyo' or back > 14)),
    ('waste', pg_temp.pick(array['Dropped', 'Past its date', 'Trimmings', 'Spoiled'], v), 0.1 + 0.3 * v, u > 0.985)
  ) as loss (kind, note, share, happens)
  where happens and a_day > 0
) as lost
where quantity > 0 and at < pg_temp.seed_now();

analyze seed_movements;

create temp table seed_shortages as
select restaurant_id, ingredient_id, "left", note
from json_to_recordset(pg_temp.content('shortages')) as shortage (restaurant text, ingredient text, "left" numeric, note text)
join seed_shelves on slug = restaurant and name = ingredient;

-- Vans come before opening. Each brings the packs that lift the shelf to par, as the night before left it; a shelf that
-- is short has gone without its last ones.
insert into seed_movements
select restaurant_id, ingredient_id, null, 'received', pack_size * packs, 'Delivery', at, date
from (
  select *, lifted - coalesce(lag(lifted) over (partition by restaurant_id, ingredient_id order by date), 0) as packs
  from (
    select *, least(max(ceil(coalesce(taken, 0) / pack_size)) over (partition by restaurant_id, ingredient_id order by date),
      ceil((round("left" * minimum, 2) - par + taken_in_all) / pack_size)) as lifted
    from (
      select seed_shelves.*, today - back as date, back,
        (today - back + interval '8 hours 40 minutes' + supplier_id % 12 * interval '7 minutes') at time zone time_zone
          + (key % 60) * interval '1 second' as at,
        -sum(coalesce(flow, 0)) over (partition by seed_shelves.restaurant_id, seed_shelves.ingredient_id order by back desc
          rows between unbounded preceding and 1 preceding) as taken,
        -sum(flow) over (partition by seed_shelves.restaurant_id, seed_shelves.ingredient_id) as taken_in_all
      from seed_shelves
      cross join generate_series(0, 41) as back
      left join (
        select restaurant_id, ingredient_id, business_date, sum(quantity) as flow from seed_movements group by 1, 2, 3
      ) as day on day.restaurant_id = seed_shelves.restaurant_id and day.ingredient_id = seed_shelves.ingredient_id
        and business_date = today - back
    ) as nights
    left join seed_shortages using (restaurant_id, ingredient_id)
    where (back + supplier_id) % every = 0 and at < pg_temp.seed_now()
  ) as visits
) as deliveries
where packs > 0;

insert into seed_movements
select restaurant_id, ingredient_id, null, 'received', par, 'Opening stock',
  (today - 42 + interval '10 hours') at time zone time_zone + key % 1000 * interval '1 second', today - 42
from seed_shelves;

insert into seed_movements
select restaurant_id, ingredient_id, null, case when gap < 0 then 'waste' else 'received' end, gap,
  case when gap < 0 then note else 'Bought at the market' end,
  (today - 1 + case when gap < 0 then interval '23 hours' else interval '16 hours' end) at time zone time_zone, today - 1
from (
  select seed_shelves.*, note, round("left" * minimum, 2) - (
      select sum(quantity) from seed_movements
      where seed_movements.restaurant_id = seed_shelves.restaurant_id and seed_movements.ingredient_id = seed_shelves.ingredient_id
    ) as gap
  from seed_shortages
  join seed_shelves using (restaurant_id, ingredient_id)
) as short
where gap <> 0;

insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par, updated_at)
select restaurant_id, ingredient_id, sum(quantity), minimum, par, max(at)
from seed_shelves
join seed_movements using (restaurant_id, ingredient_id)
group by restaurant_id, ingredient_id, minimum, par;

-- What nobody's order took, a manager wrote down.
insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, order_id, user_id, note, business_date, created_at)
select restaurant_id, pg_temp.uuid7(at, concat_ws(' ', restaurant_id, ingredient_id, kind, order_id)), ingredient_id,
  kind, quantity, order_id,
  case when order_id is null then (
    select users.id from users left join memberships on user_id = users.id and memberships.restaurant_id = seed_movements.restaurant_id
    where role = 'manager' and user_id is not null or role = 'admin'
    order by role = 'manager' desc, users.id limit 1) end,
  note, business_date, at
from seed_movements
order by at, restaurant_id, ingredient_id;
