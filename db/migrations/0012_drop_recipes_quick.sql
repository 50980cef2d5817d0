-- not transactional
-- phase: contract
-- Quick recipes are the beginning of recipes_prep.
DROP INDEX CONCURRENTLY IF EXISTS "recipes_quick";
