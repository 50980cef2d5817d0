-- transactional
-- phase: expand
ALTER TABLE "audit_log" ADD COLUMN "publication_id" integer;
