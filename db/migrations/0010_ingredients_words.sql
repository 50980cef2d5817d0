-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "ingredients_words" ON "ingredients" USING gin (to_tsvector('recipe_words', "name"));
