-- not transactional
-- phase: contract
DROP INDEX CONCURRENTLY IF EXISTS order_events_order;
