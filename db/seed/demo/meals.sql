-- What: a main for each guest, the rest by chance. Steaks and fish are eaten at the table; what ran out is not sold.
create temp table seed_sold_out as
select distinct seed_places.n as place, seed_cards.n as dish
from json_to_recordset(pg_temp.content('shortages')) as shortage (restaurant text, ingredient text, "left" numeric)
join seed_places on seed_places.slug = restaurant
join ingredients on ingredients.name = ingredient
join seed_cards on seed_cards.ingredient_id = ingredients.id
where "left" = 0;

-- Each dish owns a stretch from `low` to `high` of its course, as long as it is wanted; a draw falls into one.
create temp table seed_choices as
with wanted as (
  select seed_places.n as place, at_table, today, course, menu_items.id as menu_item_id, seed_dishes.n as dish,
    demand::float8 ^ 1.2
      * (0.7 + 0.6 * pg_temp.draw(710, seed_places.n * 1000 + seed_dishes.n))
      * case when not at_table and (menu_items.station in ('grill', 'saute') or course = 'drink') then 0.3 else 1 end
      as weight
  from seed_dishes
  join menu_items on menu_items.name = seed_dishes.name
  cross join (select n, restaurant_id from seed_places) as seed_places
  left join menu_overrides
    on menu_overrides.restaurant_id = seed_places.restaurant_id and menu_item_id = menu_items.id
  cross join (values (true), (false)) as way (at_table)
  cross join (values (true), (false)) as day (today)
  where menu_overrides.is_available is distinct from false
), stacked as (
  select *, sum(weight) over (partition by place, at_table, today, course order by menu_item_id) as high
  from wanted
  where not (today and (place, dish) in (select place, dish from seed_sold_out))
)
select place, at_table, today, course, menu_item_id, dish, high - weight as low, high,
  max(high) over (partition by place, at_table, today, course) as total
from stacked;
analyze seed_choices;

create temp table seed_items as
with slots as materialized (
  select ticket.*, course_order, course, pick, pg_temp.draw(721, pick) as u
  from seed_tickets as ticket
  cross join lateral (values
    (0, 'drink', case when channel = 'dine_in' then 0.4 else 0.1 end),
    (1, 'starter', case when channel = 'dine_in' then 0.35 else 0.15 end),
    (2, 'main', 1),
    (3, 'side', 0.2),
    (4, 'dessert', case when lunch then 0.08 when channel = 'dine_in' then 0.18 else 0.1 end)
  ) as part (course_order, course, share)
  -- A share of the guests, the fraction by chance.
  cross join lateral (values (
    case when share < 1 then pg_temp.draw(720, key * 8 + course_order) else 0 end
  )) as chance (luck)
  cross join lateral generate_series(1, floor(guests * share + luck)::int) as slot
  cross join lateral (values (ticket.key * 64 + course_order * 10 + slot)) as named (pick)
), picked as (
  select slots.key, pick, course_order, slots.course, choice.menu_item_id, choice.dish
  from slots
  join seed_choices as choice using (place, course)
  where at_table = (channel = 'dine_in') and today = (back = 0) and u * total >= low and u * total < high
), asked as (
  -- Who orders a steak says how; one in ten of the others wants something.
  select picked.*,
    case when pg_temp.draw(722, pick) < case when 'Rare' = any (requests) then 0.85 when requests = '{}' then 0 else 0.1 end
      then pg_temp.pick(requests, pg_temp.draw(723, pick)) else '' end as request
  from picked
  join seed_dishes on seed_dishes.n = dish
)
select key, course, menu_item_id, dish, request, count(*)::int as quantity,
  row_number() over (partition by key order by course_order, menu_item_id, request)::smallint as line
from asked
group by key, course_order, course, menu_item_id, dish, request;
analyze seed_items;
