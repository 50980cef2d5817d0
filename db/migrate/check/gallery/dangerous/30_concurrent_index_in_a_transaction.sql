-- transactional
-- phase: expand
-- found: needs-no-transaction
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
