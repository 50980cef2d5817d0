-- transactional
-- The columns are emptied, which takes a moment where they are dropped and added: what the triggers have written into them
-- would grow stale as names change.
DROP TRIGGER recipes_1_keep_title ON recipes;
DROP TRIGGER recipes_2_stem_title ON recipes;
DROP FUNCTION keep_recipe_title();
DROP FUNCTION stem_recipe_title();
ALTER TABLE recipes DROP COLUMN title, DROP COLUMN title_stems;
ALTER TABLE recipes ADD COLUMN title varchar(200), ADD COLUMN title_stems tsvector;
