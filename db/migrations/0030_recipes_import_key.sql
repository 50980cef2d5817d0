-- not transactional
-- phase: expand
CREATE UNIQUE INDEX CONCURRENTLY "recipes_import_key" ON "recipes" USING btree ("import_key") WHERE "recipes"."import_key" is not null;
