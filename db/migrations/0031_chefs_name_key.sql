-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "chefs_name_key" ON "chefs" USING btree (name_key("name"));
