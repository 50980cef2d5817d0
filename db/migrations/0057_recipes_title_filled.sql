-- backfill: recipes id
-- phase: migrate
-- The rename of recipes.name, step 3 of 5. By what differs and not by what is null: a release that went back to before
-- the triggers has changed names since. The trigger writes the words.
UPDATE recipes SET title = name WHERE id BETWEEN $1 AND $2 AND (title IS DISTINCT FROM name OR title_stems IS NULL);
