-- transactional
-- phase: expand
-- found: adding-field-with-default
ALTER TABLE order_items ADD COLUMN label text GENERATED ALWAYS AS (upper(name)) STORED;
