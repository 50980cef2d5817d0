-- transactional
-- phase: expand
-- Null until the backfill, or whoever writes a card, has derived it. See docs/migrations/dietary-restrictions.md.
ALTER TABLE "recipes" ADD COLUMN "dietary_restrictions" text[];
--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_dietary_restrictions" CHECK ("dietary_restrictions" <@ array['vegan', 'vegetarian', 'pescatarian', 'gluten_free', 'dairy_free', 'nut_free']::text[]) NOT VALID;
