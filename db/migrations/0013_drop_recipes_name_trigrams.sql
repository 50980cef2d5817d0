-- not transactional
-- phase: contract
-- Misspelled words are looked up in search_words.
DROP INDEX CONCURRENTLY IF EXISTS "recipes_name_trigrams";
