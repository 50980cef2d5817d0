-- transactional
-- phase: expand
ALTER INDEX "recipes_search_diets" RENAME TO "recipes_search";
