-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "users_search" ON "users" USING gin (name_key("name" || ' ' || "email") gin_trgm_ops);
