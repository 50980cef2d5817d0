-- What was thrown away was written down with its reason, at the price of the day.
create temp table seed_waste as
select restaurant_id, id as movement_id, pg_temp.uuid7(created_at, 'waste ' || id) as id, ingredient_id, -quantity as quantity,
  case note when 'Dropped' then 'dropped' when 'Past its date' then 'expired' when 'Trimmings' then 'trimmings' else 'spoiled' end
    as reason,
  case when note in ('Dropped', 'Past its date', 'Trimmings', 'Spoiled') then '' else note end as note,
  business_date, user_id, created_at
from stock_movements where kind = 'waste' and order_id is null;

insert into waste_entries (restaurant_id, id, ingredient_id, quantity, reason, note, unit_price, business_date, created_by, created_at)
select restaurant_id, seed_waste.id, ingredient_id, quantity, reason, note, unit_price, business_date, user_id, seed_waste.created_at
from seed_waste
join ingredients on ingredients.id = ingredient_id
order by seed_waste.created_at, seed_waste.id;

update stock_movements set document_id = seed_waste.id
from seed_waste
where stock_movements.restaurant_id = seed_waste.restaurant_id and stock_movements.id = movement_id;
