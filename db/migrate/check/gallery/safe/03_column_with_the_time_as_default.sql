-- transactional
-- phase: expand
ALTER TABLE customers ADD COLUMN seen_at timestamptz DEFAULT now() NOT NULL;
