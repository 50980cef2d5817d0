-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_title" ON "recipes" USING btree ("name","id");
