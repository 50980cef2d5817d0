-- not transactional
-- phase: expand
-- found: tenant-key
CREATE UNIQUE INDEX CONCURRENTLY orders_number_only ON orders (order_number);
