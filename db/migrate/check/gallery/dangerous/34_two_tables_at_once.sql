-- transactional
-- phase: expand
-- found: several-hot-tables
ALTER TABLE order_items ADD COLUMN course smallint;
ALTER TABLE orders ADD COLUMN courses smallint;
