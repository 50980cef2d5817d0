-- Recipes: a technique, a main ingredient that is on the card, and a form of the cuisine: "Smoked aubergine ravioli".
-- The first 1,000 are sold and have 5 to 8 lines, the others 6 to 10.
create temp table seed_recipes as
select n as id,
  -- Exactly 15 % Italian; the others share the rest, some more common than others.
  case when n % 20 in (0, 7, 13) then 1 else 2 + floor(14 * pg_temp.draw(301, n) ^ 1.3)::int end as cuisine,
  case when n <= 1000 then 5 + floor(4 * pg_temp.draw(302, n))::int else 6 + floor(5 * pg_temp.draw(302, n))::int end as line_count,
  -- A fifth under half an hour, the median near 80 minutes, in steps of five as cooks write them.
  5 * round((10 + 200 * pg_temp.draw(303, n) ^ 1.5) / 5)::int as prep_time,
  main.id as main_id,
  -- One carrot, not carrots: it stands before a noun.
  regexp_replace(regexp_replace(lower(main.base), '(o|i)es$', '\1'), '([^us])s$', '\1') as main_name,
  pg_temp.pick(array['Smoked','Roasted','Grilled','Charred','Braised','Slow-cooked','Crispy','Spiced','Marinated','Glazed','Pan-fried','Confit',
    'Herbed','Peppered','Baked','Blackened','Stewed','Seared'], pg_temp.draw(306, n)) as technique
from generate_series(1, greatest(1000, round(50000 * pg_temp.scale())::int)) as n
join (
  select id, base, row_number() over (order by id) - 1 as rank, count(*) over () as mains
  from pantry
  where class in ('vegetable', 'meat') and base <> all (array['Garlic','Onions','Shallots','Celery','Chillies'])
) as main on main.rank = floor(main.mains * pg_temp.draw(304, n) ^ 1.8);

create temp table seed_lines as
select recipe_id, ingredient_id, position
from (
  select id as recipe_id, line_count, ingredient_id, row_number() over (partition by id order by min(k)) as position
  from (
    select id, line_count, 0 as k, main_id as ingredient_id from seed_recipes
    union all
    -- A power of a uniform number is close to Zipf: number 1 stands on every fourth card, number 500 on few. Sixteen
    -- draws hold ten different ones.
    select id, line_count, k, 1 + floor(500 * pg_temp.draw(305, id * 16::bigint + k) ^ 2)::int
    from seed_recipes cross join generate_series(1, 16) as k
  ) as candidate
  group by id, line_count, ingredient_id
) as ranked
where position <= line_count;

insert into recipes (id, title, cuisine, difficulty, prep_time, chef_id, calories, ingredient_ids, dietary_restrictions, created_at)
overriding system value
select id,
  technique || ' ' || main_name || ' ' || pg_temp.pick(style.forms, pg_temp.draw(307, id)),
  style.name,
  1 + (prep_time >= 30 and pg_temp.draw(308, id) > 0.25)::int + (prep_time >= 60 and pg_temp.draw(309, id) > 0.5)::int,
  prep_time, 1 + floor(1000 * pg_temp.draw(310, id) ^ 1.5), 180 + 10 * floor(80 * pg_temp.draw(311, id)),
  card.ids, pg_temp.diets_of(card.ids),
  pg_temp.seed_now() - (30 + 1800 * pg_temp.draw(312, id)) * interval '1 day'
from seed_recipes
join (
  select recipe_id, array_agg(ingredient_id order by ingredient_id) as ids from seed_lines group by recipe_id
) as card on card.recipe_id = id
join (values
  (1, 'Italian', array['ravioli','risotto','lasagne','crostini','parmigiana','gnocchi','frittata','ragù','focaccia','tortelli']),
  (2, 'French', array['tart','gratin','cassoulet','galette','velouté','blanquette','quiche','terrine']),
  (3, 'Spanish', array['paella','tortilla','croquetas','escabeche','stew','empanada','fideuà','montadito']),
  (4, 'German', array['schnitzel','dumplings','roast','spätzle','hotpot','potato salad','roulade','strudel']),
  (5, 'Japanese', array['donburi','ramen','udon','tempura','katsu','gyoza','yakitori','nimono']),
  (6, 'Indian', array['curry','biryani','masala','korma','pakora','dal','kofta','thali']),
  (7, 'Thai', array['green curry','red curry','larb','stir-fry','noodle soup','satay','salad','panang']),
  (8, 'Mexican', array['tacos','enchiladas','pozole','mole','quesadilla','tamales','tostada','chilaquiles']),
  (9, 'Greek', array['moussaka','souvlaki','stifado','pie','gyros','keftedes','orzo bake','skewers']),
  (10, 'Turkish', array['köfte','pide','kebab','pilaf','börek','güveç','dolma','mantı']),
  (11, 'Lebanese', array['kibbeh','fattoush','shawarma','mezze','tagine','flatbread','maqluba','freekeh']),
  (12, 'Chinese', array['dumplings','fried rice','lo mein','hotpot','bao','congee','stir-fry','wontons']),
  (13, 'Korean', array['bibimbap','jjigae','bulgogi','japchae','pancake','kimbap','bossam','rice bowl']),
  (14, 'American', array['burger','sandwich','chowder','casserole','hash','pot pie','chilli','gumbo']),
  (15, 'Nordic', array['smørrebrød','gravlax plate','broth','meatballs','hash','flatbread','porridge','salad'])
) as style (n, name, forms) on style.n = seed_recipes.cuisine
order by id;

insert into recipe_ingredients (recipe_id, ingredient_id, quantity, notes, position)
select recipe_id, ingredient_id,
  case unit
    when 'g' then 1 + floor(4 * u)
    when 'l' then round((0.01 + 0.05 * u)::numeric, 3)
    else round((case when position = 1 then 0.12 + 0.12 * u else 0.015 + 0.06 * u end)::numeric, 3) end,
  case when pg_temp.draw(314, key) < 0.35
    then pg_temp.pick(array['finely diced','chopped','to finish','sliced thin','at room temperature','grated','toasted','drained','to taste'],
      pg_temp.draw(315, key)) else '' end,
  position
from (
  select seed_lines.*, pantry.unit, recipe_id * 512::bigint + ingredient_id as key,
    pg_temp.draw(313, recipe_id * 512::bigint + ingredient_id) as u
  from seed_lines join pantry on pantry.id = ingredient_id
) as line
order by recipe_id, position;
analyze recipes, recipe_ingredients;
