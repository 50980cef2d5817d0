-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "audit_log_user" ON "audit_log" USING btree ("user_id","created_at","id");
