-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "menu_items_name_key" ON "menu_items" USING btree (name_key("name"));
