-- transactional
ALTER INDEX recipes_search RENAME TO recipes_search_diets;
