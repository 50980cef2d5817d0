-- transactional
-- phase: expand
-- found: silent-excuse
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX orders_customer ON orders (customer_id);
