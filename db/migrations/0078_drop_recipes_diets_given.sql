-- transactional
-- phase: contract
-- The column itself says it now.
ALTER TABLE "recipes" DROP CONSTRAINT "recipes_diets_given";
