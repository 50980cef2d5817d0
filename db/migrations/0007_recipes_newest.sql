-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_newest" ON "recipes" USING btree ("created_at","id");
