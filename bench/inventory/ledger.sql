-- At scale 1 ten million movements of 500 restaurants that stock all 500 ingredients: forty of each pair, a count and
-- what was taken since. 1 % of the levels are low, a fifth of those empty.
create temp table seed_pairs as
select restaurants.id as restaurant_id, ingredients.id as ingredient_id, minimum, minimum * 4 as par, key, time_zone, day_cutoff,
  case when pg_temp.draw(902, key) < 0.002 then 0
    when pg_temp.draw(902, key) < 0.01 then round((minimum * pg_temp.draw(903, key))::numeric, 3)
    else round((minimum * (1.05 + 2.8 * pg_temp.draw(903, key)))::numeric, 3) end as on_hand
from restaurants cross join ingredients
cross join lateral (values (restaurants.id * 512::bigint + ingredients.id)) as pair (key);

create temp table seed_taken as
select restaurant_id, ingredient_id, round((minimum * (0.01 + 0.05 * pg_temp.draw(904, key * 64 + n)))::numeric, 3) as quantity,
  pg_temp.seed_now() - (n + pg_temp.draw(905, key * 64 + n)) * interval '1 day' as at, time_zone, day_cutoff, n
from seed_pairs cross join generate_series(1, greatest(1, round(39 * pg_temp.scale())::int)) as n;

insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par, on_order, counted_at, updated_at)
select restaurant_id, ingredient_id, on_hand, minimum, par, stock_on_order(restaurant_id, ingredient_id), pg_temp.seed_now() - interval '42 days',
  pg_temp.seed_now() - case when pg_temp.draw(906, key) < 0.02 then interval '70 days' else interval '1 day' end
from seed_pairs order by restaurant_id, ingredient_id;

insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, order_id, business_date, created_at)
select restaurant_id, pg_temp.uuid7(at, restaurant_id || ' ' || ingredient_id || ' ' || n), ingredient_id, 'consumed', -quantity,
  pg_temp.uuid7(at, restaurant_id || ' ' || n), pg_temp.business_date(at, time_zone, day_cutoff), at
from seed_taken order by at;

insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, business_date, created_at)
select restaurant_id, pg_temp.uuid7(at, restaurant_id || ' ' || ingredient_id || ' count'), ingredient_id, 'count',
  on_hand + taken, pg_temp.business_date(at, time_zone, day_cutoff), at
from seed_pairs
join (select restaurant_id, ingredient_id, sum(quantity) as taken from seed_taken group by 1, 2) as t using (restaurant_id, ingredient_id)
cross join lateral (values (pg_temp.seed_now() - interval '42 days')) as times (at)
order by restaurant_id, ingredient_id;
drop table seed_taken, seed_pairs;
