-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "audit_log_created" ON "audit_log" USING btree ("created_at","id");
