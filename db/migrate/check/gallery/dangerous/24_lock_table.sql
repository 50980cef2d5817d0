-- transactional
-- phase: expand
-- found: lock-table
LOCK TABLE orders IN SHARE MODE;
ALTER TABLE orders ADD COLUMN note text;
