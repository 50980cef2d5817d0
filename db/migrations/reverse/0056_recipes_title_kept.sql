-- transactional
-- From here on title grows stale where a name changes. The backfill that comes after it goes by what differs, and mends that.
DROP TRIGGER recipes_1_keep_title ON recipes;
DROP TRIGGER recipes_2_stem_title ON recipes;
DROP FUNCTION keep_recipe_title();
DROP FUNCTION stem_recipe_title();
