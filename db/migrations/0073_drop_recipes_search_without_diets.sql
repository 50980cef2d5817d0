-- not transactional
-- phase: contract
-- Its words, ingredients and cuisine are in recipes_search_diets.
DROP INDEX CONCURRENTLY IF EXISTS "recipes_search";
