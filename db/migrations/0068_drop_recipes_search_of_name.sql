-- not transactional
-- phase: contract
-- Its twin on title_stems has taken its place.
DROP INDEX CONCURRENTLY IF EXISTS "recipes_search";
