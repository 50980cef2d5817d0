-- not transactional
-- phase: contract
-- The rename of recipes.name, step 5 of 5 (docs/migrations/rename.md). Its twin on title has taken its place.
DROP INDEX CONCURRENTLY IF EXISTS "recipes_title";
