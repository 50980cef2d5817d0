-- transactional
-- phase: expand
ALTER TABLE orders ADD COLUMN guests smallint;
