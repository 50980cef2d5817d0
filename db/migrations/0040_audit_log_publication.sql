-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "audit_log_publication" ON "audit_log" USING btree ("publication_id") WHERE "audit_log"."publication_id" is not null;
