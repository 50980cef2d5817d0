-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "customers_search" ON "customers" USING gin (name_key("name" || ' ' || coalesce("phone", '') || ' ' || coalesce("email", '')) gin_trgm_ops);
