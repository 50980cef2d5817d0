-- transactional
-- phase: expand
-- found: require-concurrent-index-creation
CREATE INDEX orders_customer ON orders (customer_id);
