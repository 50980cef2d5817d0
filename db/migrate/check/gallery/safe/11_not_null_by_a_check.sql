-- transactional
-- phase: expand
ALTER TABLE orders ADD CONSTRAINT orders_promised CHECK (estimated_delivery IS NOT NULL) NOT VALID;
-- next file
-- transactional
-- phase: expand
ALTER TABLE orders VALIDATE CONSTRAINT orders_promised;
-- next file
-- transactional
-- phase: expand
ALTER TABLE orders ALTER COLUMN estimated_delivery SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_promised;
