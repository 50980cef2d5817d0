-- What the vans brought was ordered: one order a supplier and day, sent in time, received in full.
create temp table seed_visits as
select stock_movements.restaurant_id, supplier_id, stock_movements.business_date, min(stock_movements.created_at) as came_at,
  lead_time_days, row_number() over (partition by stock_movements.restaurant_id
    order by stock_movements.business_date, supplier_id) as number
from stock_movements
join ingredients on ingredients.id = ingredient_id
join suppliers on suppliers.id = supplier_id
where kind = 'received' and note = 'Delivery'
group by stock_movements.restaurant_id, supplier_id, stock_movements.business_date, lead_time_days;

create temp table seed_bought as
select seed_visits.*, came_at - lead_time_days * interval '1 day' - interval '14 hours' as sent_at,
  (select users.id from users left join memberships on user_id = users.id and memberships.restaurant_id = seed_visits.restaurant_id
    where role = 'manager' and user_id is not null or role = 'admin'
    order by role = 'manager' desc, users.id limit 1) as by
from seed_visits;

insert into purchase_orders (restaurant_id, id, number, supplier_id, status, created_by, created_at, sent_by, sent_at, expected_on,
  closed_by, closed_at)
select restaurant_id, pg_temp.uuid7(sent_at, 'purchase ' || number), number, supplier_id, 'received', by, sent_at, by, sent_at,
  business_date, by, came_at
from seed_bought order by restaurant_id, number;

insert into deliveries (restaurant_id, id, order_id, reference, business_date, received_by, created_at)
select restaurant_id, pg_temp.uuid7(came_at, 'delivery ' || number), pg_temp.uuid7(sent_at, 'purchase ' || number),
  'LS ' || 4000 + number, business_date, by, came_at
from seed_bought order by 1, 2;

create temp table seed_came as
select seed_bought.restaurant_id, number, sent_at, came_at, ingredient_id, stock_movements.id as movement_id, quantity,
  pack_size, unit_price
from seed_bought
join stock_movements on stock_movements.restaurant_id = seed_bought.restaurant_id
  and stock_movements.business_date = seed_bought.business_date and kind = 'received' and note = 'Delivery'
join ingredients on ingredients.id = ingredient_id and ingredients.supplier_id = seed_bought.supplier_id;

insert into purchase_order_lines (restaurant_id, order_id, ingredient_id, packs, pack_size, unit_price, received, status)
select restaurant_id, pg_temp.uuid7(sent_at, 'purchase ' || number), ingredient_id, round(quantity / pack_size)::int, pack_size,
  unit_price, quantity, 'done'
from seed_came order by 1, 2, 3;

insert into delivery_lines (restaurant_id, delivery_id, ingredient_id, quantity, unit_price, ordered_price)
select restaurant_id, pg_temp.uuid7(came_at, 'delivery ' || number), ingredient_id, quantity, unit_price, unit_price
from seed_came order by 1, 2, 3;

update stock_movements set document_id = pg_temp.uuid7(came_at, 'delivery ' || number)
from seed_came
where stock_movements.restaurant_id = seed_came.restaurant_id and stock_movements.id = movement_id;

update stock_levels set counted_at = counted.at
from (
  select restaurant_id, ingredient_id, max(created_at) as at from stock_movements where kind = 'count' group by 1, 2
) as counted
where counted.restaurant_id = stock_levels.restaurant_id and counted.ingredient_id = stock_levels.ingredient_id;
