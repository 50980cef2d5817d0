-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_search_twin" ON "recipes" USING gin ("title_stems","ingredient_ids","cuisine");
