-- transactional
-- phase: expand
ALTER TABLE orders ADD CONSTRAINT orders_total_limit CHECK (total < 100000000) NOT VALID;
-- next file
-- transactional
-- phase: expand
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_limit;
