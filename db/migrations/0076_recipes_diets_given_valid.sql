-- transactional
-- phase: expand
ALTER TABLE "recipes" VALIDATE CONSTRAINT "recipes_diets_given";
