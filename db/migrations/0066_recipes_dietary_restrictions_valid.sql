-- transactional
-- phase: expand
ALTER TABLE "recipes" VALIDATE CONSTRAINT "recipes_dietary_restrictions";
