-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "ingredients_name_key" ON "ingredients" USING btree (name_key("name"));
