-- transactional
-- phase: expand
-- found: changed-patience
SET LOCAL lock_timeout = 0;
ALTER TABLE orders ADD COLUMN guests smallint;
