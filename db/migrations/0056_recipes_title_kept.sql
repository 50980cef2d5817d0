-- transactional
-- phase: expand
-- excuse trigger-on-hot-table: releases that write name run beside such that write title, until name is dropped; and the words of a title are derived like an index
-- The rename of recipes.name, step 2 of 5 (docs/migrations/rename.md): whoever writes one of the two columns writes both.
-- Who changed which is seen by comparing with the row as it was; that both changed to different texts is done by no
-- release, and refused rather than one of them lost in silence. A row that no backfill has reached is filled on the way.
CREATE FUNCTION keep_recipe_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF tg_op = 'INSERT' THEN
		new.title := coalesce(new.title, new.name);
		new.name := coalesce(new.name, new.title);
	ELSIF new.title IS NOT DISTINCT FROM old.title THEN
		new.title := new.name;
	ELSIF new.name IS NOT DISTINCT FROM old.name THEN
		new.name := new.title;
	END IF;
	IF new.name IS DISTINCT FROM new.title THEN
		RAISE EXCEPTION 'Recipe % would be named % and titled %.', new.id, quote_nullable(new.name), quote_nullable(new.title)
			USING ERRCODE = 'check_violation';
	END IF;
	RETURN new;
END $$;
--> statement-breakpoint
-- Derived like the generated column that it takes the place of, and it stays. Triggers fire in the order of their names:
-- by then the title is known, whichever column was written.
CREATE FUNCTION stem_recipe_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF tg_op = 'INSERT' OR new.title IS DISTINCT FROM old.title OR new.title_stems IS NULL THEN
		new.title_stems := to_tsvector('recipe_words', new.title);
	END IF;
	RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER recipes_1_keep_title BEFORE INSERT OR UPDATE ON recipes
	FOR EACH ROW EXECUTE FUNCTION keep_recipe_title();
--> statement-breakpoint
CREATE TRIGGER recipes_2_stem_title BEFORE INSERT OR UPDATE ON recipes
	FOR EACH ROW EXECUTE FUNCTION stem_recipe_title();
--> statement-breakpoint
-- Also where a loader has switched off the checks of foreign keys (session_replication_role).
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_1_keep_title, ENABLE ALWAYS TRIGGER recipes_2_stem_title;
