-- not transactional
-- phase: expand
-- found: one-statement-alone
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
CREATE INDEX CONCURRENTLY orders_promised ON orders (restaurant_id, estimated_delivery);
