-- 1,000 dishes: dish n sells recipe n. Priced from the card for a food cost of 22 to 36 %, in steps of 50 cents.
insert into menu_items (id, name, description, price, category_id, preparation_time, calories, is_available, is_featured,
  station, recipe_id, created_at)
overriding system value
select recipes.id, recipes.title,
  recipes.cuisine || ', with ' || (
    select string_agg(lower(ingredients.name), ' and ' order by position)
    from recipe_ingredients join ingredients on ingredients.id = ingredient_id
    where recipe_id = recipes.id and position in (2, 3)),
  greatest(450, 50 * round(card.cost / (0.22 + 0.14 * pg_temp.draw(401, recipes.id))::numeric / 50))::int,
  category, 4 + floor(20 * pg_temp.draw(402, recipes.id)), calories,
  -- 5 % are off the menu, all among the least ordered (see orders.sql).
  (recipes.id * 733 + 17) % 1000 < 950, recipes.id % 80 = 0,
  (array['cold','saute','cold','pasta','saute','pizza','grill','grill','saute','fry','fry','grill'])[category],
  recipes.id, recipes.created_at
from recipes
join (
  select recipe_id, sum(quantity * unit_price) as cost
  from recipe_ingredients join ingredients on ingredients.id = ingredient_id where recipe_id <= 1000 group by recipe_id
) as card on card.recipe_id = recipes.id
join seed_recipes on seed_recipes.id = recipes.id
join pantry on pantry.id = main_id
cross join lateral (values (
  case when allergen in ('fish', 'crustaceans', 'molluscs') then array[1, 3, 4, 8, 8, 12]
    when class = 'meat' then array[1, 2, 4, 6, 7, 7, 11, 12]
    else array[1, 2, 3, 5, 6, 9, 9, 10, 11] end
)) as section (choices)
cross join lateral (values (choices[1 + floor(cardinality(choices) * pg_temp.draw(403, recipes.id))::int])) as chosen (category)
where recipes.id <= 1000
order by recipes.id;

-- What a restaurant does differently: 2 % other prices, 0.5 % not on its menu, 0.3 % off until somebody says so.
insert into menu_overrides (restaurant_id, menu_item_id, price, is_available, eighty_six_until)
select restaurants.id, menu_items.id,
  case when u < 0.02 then menu_items.price + 50 * (1 + floor(6 * pg_temp.draw(405, key)))::int end,
  case when u between 0.02 and 0.025 then false end,
  case when u between 0.025 and 0.028 then 'infinity'::timestamptz end
from restaurants cross join menu_items
cross join lateral (values (restaurants.id * 1024::bigint + menu_items.id)) as pair (key)
cross join lateral (values (pg_temp.draw(404, key))) as chance (u)
where u < 0.028;
analyze menu_items, menu_overrides;
