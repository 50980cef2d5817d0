-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "audit_log_subject" ON "audit_log" USING btree ("subject","subject_id","id");
