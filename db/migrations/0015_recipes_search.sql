-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_search" ON "recipes" USING gin ("title_words","ingredient_ids","cuisine");
