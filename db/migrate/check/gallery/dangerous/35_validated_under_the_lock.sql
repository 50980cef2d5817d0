-- transactional
-- phase: expand
-- found: work-under-lock
ALTER TABLE orders ADD COLUMN guests smallint;
ALTER TABLE orders ADD CONSTRAINT orders_guests CHECK (guests > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_guests;
