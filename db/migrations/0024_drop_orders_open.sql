-- not transactional
-- phase: contract
-- What is open is also on the wall: orders_on_wall serves both.
DROP INDEX CONCURRENTLY IF EXISTS "orders_open";
