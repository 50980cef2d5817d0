-- transactional
-- phase: expand
ALTER TABLE "change_set_edits" ADD COLUMN "given" jsonb DEFAULT '{}'::jsonb NOT NULL;
