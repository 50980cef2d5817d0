-- not transactional
-- phase: contract
-- What is low is also short: stock_levels_short serves its questions.
DROP INDEX CONCURRENTLY IF EXISTS "stock_levels_low";
