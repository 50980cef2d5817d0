-- not transactional
-- phase: contract
-- Its ingredients are in recipes_search.
DROP INDEX CONCURRENTLY IF EXISTS "recipes_ingredient_ids";
