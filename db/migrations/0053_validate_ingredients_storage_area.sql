-- transactional
-- phase: expand
ALTER TABLE "ingredients" VALIDATE CONSTRAINT "ingredients_storage_area";
