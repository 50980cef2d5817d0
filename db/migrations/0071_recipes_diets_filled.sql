-- backfill: recipes id
-- phase: migrate
-- What domain/diet.ts says, frozen as it was then. A card that somebody writes meanwhile, or that has an ingredient that
-- somebody describes meanwhile, is derived by them: it is not null any more, and left alone.
UPDATE recipes SET dietary_restrictions = (
  SELECT array_remove(array[
    CASE WHEN bool_and(i.animal_sources IS NOT NULL
      AND NOT i.animal_sources && array['meat', 'fish', 'rennet', 'dairy', 'egg', 'honey']
      AND NOT i.allergens && array['crustaceans', 'eggs', 'fish', 'milk', 'molluscs']) THEN 'vegan' END,
    CASE WHEN bool_and(i.animal_sources IS NOT NULL
      AND NOT i.animal_sources && array['meat', 'fish', 'rennet']
      AND NOT i.allergens && array['crustaceans', 'fish', 'molluscs']) THEN 'vegetarian' END,
    CASE WHEN bool_and(i.animal_sources IS NOT NULL
      AND NOT i.animal_sources && array['meat', 'rennet']) THEN 'pescatarian' END,
    CASE WHEN bool_and(i.animal_sources IS NOT NULL
      AND NOT i.allergens && array['gluten']) THEN 'gluten_free' END,
    CASE WHEN bool_and(i.animal_sources IS NOT NULL
      AND NOT i.animal_sources && array['dairy']
      AND NOT i.allergens && array['milk']) THEN 'dairy_free' END,
    CASE WHEN bool_and(i.animal_sources IS NOT NULL
      AND NOT i.allergens && array['nuts', 'peanuts']) THEN 'nut_free' END
  ], NULL)
  FROM recipe_ingredients l JOIN ingredients i ON i.id = l.ingredient_id
  WHERE l.recipe_id = recipes.id
)
WHERE id BETWEEN $1 AND $2 AND dietary_restrictions IS NULL;
