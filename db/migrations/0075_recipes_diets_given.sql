-- transactional
-- phase: expand
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_diets_given" CHECK ("dietary_restrictions" IS NOT NULL) NOT VALID;
