-- transactional
-- phase: expand
-- Who adds a recipe and says nothing of diets claims none: new rows are never null from here on.
ALTER TABLE "recipes" ALTER COLUMN "dietary_restrictions" SET DEFAULT '{}'::text[];
