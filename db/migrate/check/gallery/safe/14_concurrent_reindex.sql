-- not transactional
-- phase: migrate
REINDEX INDEX CONCURRENTLY orders_number;
