-- transactional
-- phase: expand
-- found: constraint-missing-not-valid
ALTER TABLE orders ADD CONSTRAINT orders_total_limit CHECK (total < 100000000);
