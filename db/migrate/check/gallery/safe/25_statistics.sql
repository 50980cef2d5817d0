-- transactional
-- phase: expand
ALTER TABLE orders ALTER COLUMN channel SET STATISTICS 500;
CREATE STATISTICS orders_channels ON channel, status FROM orders;
