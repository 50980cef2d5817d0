-- The method of each recipe that a dish sells: its technique first, then what the rest of its card asks for.
create temp table seed_techniques as
select * from (values
  ('Smoked', 'Smoke the % over beech chips, lid closed, for 20 minutes, then rest under a cloth.'),
  ('Roasted', 'Oil and salt the % and roast at 210 °C until the edges are dark.'),
  ('Grilled', 'Dry the % well, oil lightly and grill over high heat, turning once.'),
  ('Charred', 'Char the % in a dry iron pan until black in places, then cover for ten minutes.'),
  ('Braised', 'Brown the % on all sides, cover and braise below the boil until a fork goes in.'),
  ('Slow-cooked', 'Salt and seal the % and cook at 85 °C until soft all the way through.'),
  ('Crispy', 'Dry the %, dust with starch and fry at 180 °C until crisp. Drain on a rack, never on a pile.'),
  ('Spiced', 'Season the % well, leave for half an hour, then brown in a hot pan.'),
  ('Marinated', 'Salt the % and marinate for two hours, covered and cold. Dry well before cooking.'),
  ('Glazed', 'Brown the %, then baste over low heat until everything shines.'),
  ('Pan-fried', 'Fry the % in a hot pan, one layer at a time, and turn only when it lets go of the metal.'),
  ('Confit', 'Cover the % with oil and keep at 90 °C until a knife meets nothing. Save the oil.'),
  ('Herbed', 'Rub the % with chopped herbs and salt, and roast at 190 °C.'),
  ('Peppered', 'Press cracked pepper onto the % and sear on all sides.'),
  ('Baked', 'Bake the %, covered, at 180 °C until tender; take the lid off for the last ten minutes.'),
  ('Blackened', 'Dip the % in butter and spices and cook in an iron pan until nearly black.'),
  ('Stewed', 'Cut the % into even pieces and stew gently, lid ajar.'),
  ('Seared', 'Sear the % hard on one side, turn, and take off the heat at once.')
) as technique (name, step);

insert into recipe_steps (recipe_id, position, text)
select recipe_id, row_number() over (partition by recipe_id order by place), method.text
from seed_recipes
join seed_techniques as technique on technique.name = seed_recipes.technique
join pantry as main on main.id = main_id
join (
  select recipe_id,
    pg_temp.enumerated(array_agg(lower(name) order by position) filter (where class = 'vegetable')) as vegetables,
    pg_temp.enumerated(array_agg(lower(name) order by position) filter (where class = 'meat')) as meats,
    pg_temp.enumerated(array_agg(lower(name) order by position) filter (where class = 'dry' and not crunchy)) as grains,
    pg_temp.enumerated(array_agg(lower(name) order by position) filter (where class = 'dry' and crunchy)) as crunch,
    pg_temp.enumerated(array_agg(lower(name) order by position) filter (where class = 'liquid')) as liquids,
    pg_temp.enumerated(array_agg(lower(name) order by position) filter (where class = 'spice')) as spices,
    pg_temp.enumerated(array_agg(lower(name) order by position) filter (where class = 'dairy')) as dairy
  from seed_lines
  join pantry on pantry.id = ingredient_id
  cross join lateral (values (base in ('Breadcrumbs','Almonds','Walnuts','Hazelnuts','Pine nuts','Sesame seeds'))) as kind (crunchy)
  where recipe_id <= 1000 and position > 1
  group by recipe_id
) as besides on recipe_id = seed_recipes.id
-- What the card has nothing of gives null, and is no step.
cross join lateral (values
  (1, replace(technique.step, '%', lower(main.name))),
  (2, 'Cut the ' || vegetables || ' small and sweat gently for ten minutes, without colour.'),
  (3, 'Cook the ' || meats || ' in a hot pan, in batches, and keep warm.'),
  (4, 'Cook the ' || grains || ' in salted water until just tender, and drain.'),
  (5, 'Pour in the ' || liquids || ' and reduce until the sauce coats a spoon.'),
  (6, 'Season with the ' || spices || '; taste before the last third goes in.'),
  (7, 'Off the heat, fold in the ' || dairy || '.'),
  (8, 'Correct the salt and plate with the ' || lower(main.name) || ' on top'
    || coalesce(', finished with the ' || crunch, '') || '. Send at once.')
) as method (place, text)
where method.text is not null;
analyze recipe_steps;
