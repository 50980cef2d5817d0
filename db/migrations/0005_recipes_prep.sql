-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_prep" ON "recipes" USING btree ("prep_time","id");
