-- transactional
-- phase: expand
-- found: adding-required-field
ALTER TABLE customers ADD COLUMN locale text NOT NULL;
