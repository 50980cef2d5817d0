-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "chefs_words" ON "chefs" USING gin (to_tsvector('recipe_words', "name"));
