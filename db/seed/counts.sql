-- The stocktakes behind the ledger's counts: one a restaurant and business day, posted when its last shelf was done.
create temp table seed_counts as
select restaurant_id, business_date, pg_temp.uuid7(min(created_at), 'count ' || restaurant_id) as id,
  min(created_at) as started_at, max(created_at) as posted_at, max(user_id) as by
from stock_movements where kind = 'count'
group by restaurant_id, business_date;

insert into stock_counts (restaurant_id, id, is_blind, status, business_date, started_by, created_at, closed_by, closed_at)
select restaurant_id, id, false, 'posted', business_date, by, started_at, by, posted_at
from seed_counts order by restaurant_id, business_date;

insert into stock_count_lines (restaurant_id, count_id, ingredient_id, counted, expected, unit_price, counted_by, counted_at)
select restaurant_id, seed_counts.id, ingredient_id, on_hand, on_hand - quantity, unit_price, user_id, ledger.created_at
from (
  select *, sum(quantity) over (partition by restaurant_id, ingredient_id order by created_at, id) as on_hand
  from stock_movements
) as ledger
join seed_counts using (restaurant_id, business_date)
join ingredients on ingredients.id = ingredient_id
where kind = 'count'
order by restaurant_id, seed_counts.id, ingredient_id;

update stock_movements set document_id = seed_counts.id
from seed_counts
where kind = 'count' and seed_counts.restaurant_id = stock_movements.restaurant_id
  and seed_counts.business_date = stock_movements.business_date;
