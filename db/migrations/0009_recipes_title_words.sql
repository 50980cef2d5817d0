-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_title_words" ON "recipes" USING gin ("title_words");
