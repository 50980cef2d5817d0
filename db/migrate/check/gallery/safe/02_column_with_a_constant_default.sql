-- transactional
-- phase: expand
ALTER TABLE orders ADD COLUMN source text DEFAULT 'till' NOT NULL;
