-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "recipes_title_twin" ON "recipes" USING btree ("title","id");
