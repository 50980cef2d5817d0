-- transactional
-- phase: expand
-- Lets the index recipes_search hold the cuisine beside words and ingredients.
CREATE EXTENSION IF NOT EXISTS btree_gin;
