-- not transactional
-- phase: expand
-- One more column in place of one more index: see docs/migrations/dietary-restrictions.md.
CREATE INDEX CONCURRENTLY "recipes_search_diets" ON "recipes" USING gin ("title_stems","ingredient_ids","cuisine","dietary_restrictions");
