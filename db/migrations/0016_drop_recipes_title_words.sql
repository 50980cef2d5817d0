-- not transactional
-- phase: contract
-- Its words are in recipes_search.
DROP INDEX CONCURRENTLY IF EXISTS "recipes_title_words";
