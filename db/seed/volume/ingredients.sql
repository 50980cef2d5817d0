-- 500 ingredients: the plain ones first, since recipes use low numbers most (see recipes.sql).
create temp table pantry as
select row_number() over (
    order by variant,
      array_position(array['Olive oil','Garlic','Onions','Butter','Black pepper','Lemon juice','Tomatoes','Parmesan','Carrots','White wine',
        'Celery','Cream','Shallots','Chillies','Chicken stock','Mushrooms','Potatoes'], base),
      pg_temp.draw(201, hashtextextended(base, 1)), base
  )::int as id,
  case when word = '' then base else word || ' ' || lower(base) end as name,
  base, class, unit, price_from, price_to, pack, allergens[b] as allergen
from (values
  ('vegetable', 'kg', 120, 700, 5, array['', 'Organic', 'Frozen', 'Chopped'],
    array['Tomatoes','Aubergines','Courgettes','Spinach','Onions','Carrots','Celery','Leeks','Fennel','Beetroot','Potatoes','Pumpkin',
      'Cauliflower','Broccoli','Kale','Savoy cabbage','Radicchio','Artichokes','Asparagus','Green beans','Peas','Broad beans','Sweetcorn',
      'Red peppers','Chillies','Mushrooms','Porcini','Shallots','Garlic','Parsnips','Sweet potatoes','Chard','Cucumbers','Turnips','Celeriac'],
    array['','','','','','','celery','','','','','','','','','','','','','','','','','','','','','','','','','','','','celery']),
  ('meat', 'kg', 900, 3200, 2, array['', 'Smoked', 'Diced', 'Free-range'],
    array['Chicken breast','Chicken thighs','Duck leg','Duck breast','Turkey','Beef chuck','Beef fillet','Rump steak','Oxtail','Short rib',
      'Veal shoulder','Lamb shoulder','Lamb neck','Pork belly','Pork loin','Pork cheek','Wild boar','Venison','Rabbit','Quail',
      'Salmon','Sea bass','Cod','Mackerel','Trout','Tuna','Octopus','Squid','Prawns','Mussels'],
    array['','','','','','','','','','','','','','','','','','','','','fish','fish','fish','fish','fish','fish','molluscs','molluscs','crustaceans','molluscs']),
  ('dairy', 'kg', 400, 2400, 2, array['', 'Organic', 'Aged'],
    array['Parmesan','Pecorino','Mozzarella','Burrata','Ricotta','Mascarpone','Gorgonzola','Taleggio','Fontina','Feta','Halloumi','Gruyère',
      'Cheddar','Provolone','Butter','Crème fraîche','Yoghurt','Quark','Paneer','Goat cheese'],
    array_fill('milk'::text, array[20])),
  ('dry', 'kg', 150, 1800, 5, array['', 'Organic', 'Toasted'],
    array['Arborio rice','Basmati rice','Farro','Pearl barley','Polenta','Couscous','Bulgur','Quinoa','Red lentils','Chickpeas','Cannellini beans',
      'Black beans','Spaghetti','Rigatoni','Breadcrumbs','Almonds','Walnuts','Hazelnuts','Pine nuts','Sesame seeds'],
    array['','','gluten','gluten','','gluten','gluten','','','','','','gluten','gluten','gluten','nuts','nuts','nuts','nuts','sesame']),
  ('liquid', 'l', 250, 1600, 5, array['', 'Organic', 'House'],
    array['Olive oil','Sunflower oil','Red wine vinegar','Balsamic vinegar','Rice vinegar','Soy sauce','Fish sauce','Vegetable stock','Chicken stock',
      'Veal stock','Fish stock','Tomato passata','Coconut milk','Cream','Oat milk','White wine','Red wine','Marsala','Mirin','Lemon juice','Orange juice',
      'Maple syrup','Honey','Tahini sauce','Mustard dressing','Chilli oil','Walnut oil','Truffle oil','Buttermilk','Almond milk'],
    array['','','sulphites','sulphites','','soybeans','fish','celery','celery','celery','fish','','','milk','gluten','sulphites','sulphites','sulphites','','','',
      '','','sesame','mustard','','nuts','','milk','nuts']),
  ('spice', 'g', 1, 6, 500, array['Ground', 'Whole'],
    array['Black pepper','Cumin','Coriander seed','Fennel seed','Nutmeg','Cinnamon','Cardamom','Cloves','Star anise','Allspice','Caraway','Turmeric',
      'Smoked paprika','Sumac','Mustard seed'],
    array['','','','','','','','','','','','','','','mustard'])
) as family (class, unit, price_from, price_to, pack, words, bases, allergens)
cross join lateral unnest(words) with ordinality as variants (word, variant)
cross join lateral unnest(bases) with ordinality as names (base, b);

insert into ingredients (id, name, unit, unit_price, supplier_id, pack_size, minimum, storage_area, allergens, animal_sources)
overriding system value
select id, name, unit, round((price_from + (price_to - price_from) * pg_temp.draw(202, id) ^ 2)::numeric, 2),
  case class
    when 'vegetable' then 1 + id % 3 when 'meat' then case when allergen = '' then 6 + id % 3 else 4 + id % 2 end
    when 'dairy' then 9 + id % 2 when 'dry' then 11 + id % 2 when 'spice' then 13 else 14 + id % 7 end,
  pack, case unit when 'g' then 500 else 5 + id % 6 end,
  case when name like 'Frozen%' then 'frozen' when class in ('vegetable', 'meat', 'dairy') then 'chilled'
    when name like '%wine' or name in ('Marsala', 'Mirin') then 'bar' else 'dry' end,
  case allergen when '' then '{}' else array[allergen] end,
  -- What the house makes itself nobody has described.
  case when name like 'House %' then null
    when allergen in ('fish', 'crustaceans', 'molluscs') then array['fish']
    when class = 'meat' or base in ('Chicken stock', 'Veal stock') then array['meat']
    when base in ('Parmesan', 'Pecorino', 'Gorgonzola', 'Taleggio', 'Fontina', 'Gruyère', 'Provolone') then array['rennet', 'dairy']
    when allergen = 'milk' then array['dairy']
    when base = 'Honey' then array['honey']
    else '{}' end
from pantry order by id;
