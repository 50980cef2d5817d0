-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_difficulty_prep" ON "recipes" USING btree ("difficulty","prep_time","id");
