-- The chain as demo/*.ts writes it, from `seed_content` (one row of JSON), in the order in which it is written there.
create function pg_temp.content(part text) returns json language sql stable
  as $$ select content -> part from pg_temp.seed_content $$;

insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone, stock_policy, auto_confirm, created_at)
select name, slug, address, phone, opens, closes, "timeZone", "stockPolicy", "autoConfirm",
  pg_temp.seed_now() - (6 - n) * interval '200 days'
from rows from (json_to_recordset(pg_temp.content('restaurants')) as (name text, slug text, address text, phone text,
  opens time, closes time, "timeZone" text, "stockPolicy" text, "autoConfirm" boolean)) with ordinality as place (name, slug, address,
  phone, opens, closes, "timeZone", "stockPolicy", "autoConfirm", n)
order by n;

insert into suppliers (name, contact_person, phone, email, address, rating, lead_time_days)
select name, contact, phone, email, address, rating, "leadDays"
from json_to_recordset(pg_temp.content('suppliers'))
  as firm (name text, contact text, phone text, email text, address text, rating int, "leadDays" int);

insert into categories (name, description, sort_order)
select name, description, row_number() over ()
from json_to_recordset(pg_temp.content('categories')) as section (name text, description text);

insert into chefs (name, experience_years)
select name, years from json_to_recordset(pg_temp.content('chefs')) as cook (name text, years int);

insert into ingredients (name, unit, unit_price, supplier_id, pack_size, storage_area, allergens, animal_sources)
select ingredient.name, unit, price, suppliers.id, pack,
  case when ingredient.name in ('Vanilla gelato', 'Prawns', 'Squid') then 'frozen'
    when supplier in ('Cantina Sala', 'Kollwitz Roasters') then 'bar'
    when supplier in ('Molino Ferrante', 'Oliveto', 'Spice Route')
      or ingredient.name in ('Potatoes', 'Onions', 'Red onions', 'Garlic') then 'dry'
    else 'chilled' end,
  allergens, animals
from json_to_recordset(pg_temp.content('ingredients'))
  as ingredient (name text, unit text, price numeric, supplier text, pack numeric, allergens text[], animals text[])
join suppliers on suppliers.name = supplier
order by suppliers.id, ingredient.name;

create temp table seed_dishes as
select row_number() over ()::int as n, dish.*
from json_to_recordset(pg_temp.content('dishes')) as dish (name text, description text, category text, course text, price int,
  station text, minutes int, calories int, demand int, featured boolean, cuisine text, chef text, difficulty int, "prepTime" int,
  card json, method json, requests text[]);

create temp table seed_cards as
select seed_dishes.n, line.position::smallint, ingredients.id as ingredient_id,
  (line.value ->> 1)::numeric as quantity, coalesce(line.value ->> 2, '') as notes
from seed_dishes
cross join json_array_elements(card) with ordinality as line (value, position)
join ingredients on ingredients.name = line.value ->> 0;

insert into recipes (title, cuisine, difficulty, prep_time, chef_id, calories, ingredient_ids, dietary_restrictions, created_at)
select dish.name, cuisine, difficulty, "prepTime", chefs.id, calories, card.ids, pg_temp.diets_of(card.ids),
  pg_temp.seed_now() - (300 + n * 7) * interval '1 day'
from seed_dishes as dish
join chefs on chefs.name = chef
cross join lateral (
  select array_agg(ingredient_id order by ingredient_id) as ids from seed_cards where seed_cards.n = dish.n
) as card
order by n;

insert into recipe_ingredients (recipe_id, ingredient_id, quantity, notes, position)
select recipes.id, ingredient_id, quantity, notes, position
from seed_cards
join seed_dishes using (n)
join recipes on recipes.title = seed_dishes.name;

insert into recipe_components (recipe_id, name, quantity, unit)
select recipes.id, batch, quantity, unit
from json_to_recordset(pg_temp.content('batches')) as part (dish text, batch text, quantity numeric, unit text)
join recipes on recipes.title = dish;

insert into recipe_steps (recipe_id, position, text)
select recipes.id, position, step
from seed_dishes as dish
join recipes on recipes.title = dish.name
cross join json_array_elements_text(method) with ordinality as line (step, position);

insert into menu_items (name, description, price, category_id, preparation_time, calories, is_featured, station, recipe_id, created_at)
select dish.name, dish.description, price, categories.id, minutes, dish.calories, featured, station, recipes.id, recipes.created_at
from seed_dishes as dish
join categories on categories.name = category
join recipes on recipes.title = dish.name
order by n;

insert into menu_overrides (restaurant_id, menu_item_id, price, is_available, eighty_six_until)
select restaurants.id, menu_items.id, override.price, available, case when "eightySixed" then 'infinity'::timestamptz end
from json_to_recordset(pg_temp.content('overrides'))
  as override (restaurant text, dish text, price int, available boolean, "eightySixed" boolean)
join restaurants on slug = restaurant
join menu_items on menu_items.name = dish;
analyze restaurants, ingredients, recipes, recipe_ingredients, recipe_steps, menu_items, menu_overrides;
