-- not transactional
-- phase: contract
-- The planner reads the few words instead, and is right to.
DROP INDEX CONCURRENTLY IF EXISTS "search_words_trigrams";
