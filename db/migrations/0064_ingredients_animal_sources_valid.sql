-- transactional
-- phase: expand
ALTER TABLE "ingredients" VALIDATE CONSTRAINT "ingredients_animal_sources";
