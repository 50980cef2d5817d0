-- not transactional
CREATE INDEX CONCURRENTLY recipes_search ON recipes USING gin (title_stems, ingredient_ids, cuisine);
