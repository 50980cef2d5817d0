-- transactional
-- phase: expand
ALTER TABLE recipe_ingredients ALTER COLUMN quantity TYPE numeric(14, 3);
