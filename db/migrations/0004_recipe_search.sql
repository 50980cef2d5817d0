-- transactional
-- phase: expand
-- The stored column rewrites `recipes`, with readers waiting: a second for 50,000 rows. The indexes follow one by one.
CREATE TABLE "ingredient_frequencies" (
	"ingredient_id" integer PRIMARY KEY NOT NULL,
	"recipes" integer NOT NULL,
	"of_recipes" integer NOT NULL,
	"computed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ingredient_frequencies_share" CHECK ("ingredient_frequencies"."recipes" between 0 and "ingredient_frequencies"."of_recipes")
);
--> statement-breakpoint
CREATE TABLE "recipe_tallies" (
	"cuisine" varchar(100) NOT NULL,
	"difficulty" smallint NOT NULL,
	"prep_time" integer NOT NULL,
	"recipes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text PRIMARY KEY NOT NULL,
	"uses" integer NOT NULL,
	CONSTRAINT "search_words_uses" CHECK ("search_words"."uses" > 0)
);
--> statement-breakpoint
ALTER TABLE "recipes" ADD COLUMN "title_words" "tsvector" GENERATED ALWAYS AS (to_tsvector('recipe_words', "recipes"."name")) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "ingredient_frequencies" ADD CONSTRAINT "ingredient_frequencies_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_words_trigrams" ON "search_words" USING gin ("word" gin_trgm_ops);
--> statement-breakpoint
-- Statements on `recipes` append to the tallies what they change, in their own transaction. Derived like an index, and
-- by trigger for the same reason: no writer, an import or a repair by hand included, can forget it.
CREATE FUNCTION tally_recipes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF tg_op = 'TRUNCATE' THEN
		DELETE FROM recipe_tallies;
	ELSIF tg_op = 'INSERT' THEN
		INSERT INTO recipe_tallies (cuisine, difficulty, prep_time, recipes)
		SELECT cuisine, difficulty, prep_time, count(*) FROM entered GROUP BY 1, 2, 3;
	ELSIF tg_op = 'DELETE' THEN
		INSERT INTO recipe_tallies (cuisine, difficulty, prep_time, recipes)
		SELECT cuisine, difficulty, prep_time, -count(*) FROM gone GROUP BY 1, 2, 3;
	ELSE
		INSERT INTO recipe_tallies (cuisine, difficulty, prep_time, recipes)
		SELECT cuisine, difficulty, prep_time, sum(change)
		FROM (
			SELECT cuisine, difficulty, prep_time, 1 AS change FROM entered
			UNION ALL
			SELECT cuisine, difficulty, prep_time, -1 FROM gone
		) AS changes
		GROUP BY 1, 2, 3
		HAVING sum(change) <> 0;
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER recipes_tally_insert AFTER INSERT ON recipes
	REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION tally_recipes();
--> statement-breakpoint
CREATE TRIGGER recipes_tally_update AFTER UPDATE ON recipes
	REFERENCING OLD TABLE AS gone NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION tally_recipes();
--> statement-breakpoint
CREATE TRIGGER recipes_tally_delete AFTER DELETE ON recipes
	REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tally_recipes();
--> statement-breakpoint
CREATE TRIGGER recipes_tally_truncate AFTER TRUNCATE ON recipes
	FOR EACH STATEMENT EXECUTE FUNCTION tally_recipes();
--> statement-breakpoint
-- Also where a loader has switched off the checks of foreign keys (session_replication_role).
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_tally_insert, ENABLE ALWAYS TRIGGER recipes_tally_update,
	ENABLE ALWAYS TRIGGER recipes_tally_delete, ENABLE ALWAYS TRIGGER recipes_tally_truncate;
--> statement-breakpoint
INSERT INTO recipe_tallies (cuisine, difficulty, prep_time, recipes)
SELECT cuisine, difficulty, prep_time, count(*) FROM recipes GROUP BY 1, 2, 3;
