-- What was bought: eight orders from each supplier for each restaurant, received before the count that the ledger begins
-- with, and what is on its way. Some came at another price, one in twenty a little short.
update suppliers set
  order_days = case id % 3 when 0 then '{1,2,3,4,5}' when 1 then '{1,2,3,4,5,6,7}' else '{1,3,5}' end::smallint[],
  minimum_order = case when id % 4 <> 0 then 5000 + id * 500 end;

create temp table seed_purchases as
select restaurants.id as restaurant_id, suppliers.id as supplier_id, back, lead_time_days,
  sent_at, pg_temp.uuid7(sent_at, 'purchase ' || key) as id, key,
  row_number() over (partition by restaurants.id order by sent_at, suppliers.id) as number,
  pg_temp.business_date(sent_at, time_zone, day_cutoff) as sent_on
from restaurants
cross join suppliers
cross join generate_series(0, 8) as back
cross join lateral (values ((restaurants.id * 32::bigint + suppliers.id) * 16 + back)) as keyed (key)
cross join lateral (values (
  pg_temp.seed_now() - case back when 0 then interval '5 hours' else back * interval '9 days' + interval '11 days' end
    - suppliers.id * interval '1 minute')) as times (sent_at)
where back > 0 or pg_temp.draw(701, key) < 0.4;

insert into purchase_orders (restaurant_id, id, number, supplier_id, status, created_at, sent_at, expected_on, closed_at)
select restaurant_id, id, number, supplier_id, case back when 0 then 'sent' else 'received' end, sent_at, sent_at,
  sent_on + lead_time_days, case when back > 0 then sent_at + lead_time_days * interval '1 day' end
from seed_purchases order by restaurant_id, number;

create temp table seed_purchase_lines as
select seed_purchases.*, ingredients.id as ingredient_id, pack_size, unit_price,
  1 + floor(4 * pg_temp.draw(703, key * 512 + ingredients.id))::int as packs
from seed_purchases
join ingredients using (supplier_id)
where pg_temp.draw(702, key * 512 + ingredients.id) < 0.5;

insert into purchase_order_lines (restaurant_id, order_id, ingredient_id, packs, pack_size, unit_price, received, status)
select restaurant_id, id, ingredient_id, packs, pack_size, unit_price, case back when 0 then 0 else packs * pack_size end,
  case back when 0 then 'open' else 'done' end
from seed_purchase_lines order by restaurant_id, id, ingredient_id;

insert into deliveries (restaurant_id, id, order_id, reference, business_date, created_at)
select restaurant_id, pg_temp.uuid7(came_at, 'delivery ' || key), id, 'LS ' || key, sent_on + lead_time_days, came_at
from seed_purchases cross join lateral (values (sent_at + lead_time_days * interval '1 day')) as times (came_at)
where back > 0 order by 1, 2;

insert into delivery_lines (restaurant_id, delivery_id, ingredient_id, quantity, unit_price, ordered_price)
select restaurant_id, pg_temp.uuid7(sent_at + lead_time_days * interval '1 day', 'delivery ' || key), ingredient_id,
  packs * pack_size, case when pg_temp.draw(704, key * 512 + ingredient_id) < 0.1 then round(unit_price * 1.04, 2) else unit_price end,
  unit_price
from seed_purchase_lines where back > 0 order by 1, 2, 3;
