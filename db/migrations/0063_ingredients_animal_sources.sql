-- transactional
-- phase: expand
-- Null until somebody has said what an ingredient is: no dish with it is called vegan before.
ALTER TABLE "ingredients" ADD COLUMN "animal_sources" text[];
--> statement-breakpoint
ALTER TABLE "ingredients" ADD CONSTRAINT "ingredients_animal_sources" CHECK ("animal_sources" <@ array['meat', 'fish', 'rennet', 'dairy', 'egg', 'honey']::text[]) NOT VALID;
