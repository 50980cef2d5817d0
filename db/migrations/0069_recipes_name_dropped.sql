-- transactional
-- phase: contract
-- expand: 0062_recipes_search_twin
-- In one transaction: without the trigger nobody would write name, which must not be null. Title_words is made of it and
-- goes first. The twins take the names of the indexes that they were twins of.
DROP TRIGGER recipes_1_keep_title ON recipes;
--> statement-breakpoint
DROP FUNCTION keep_recipe_title();
--> statement-breakpoint
ALTER TRIGGER recipes_2_stem_title ON recipes RENAME TO recipes_stem_title;
--> statement-breakpoint
ALTER TABLE "recipes" DROP CONSTRAINT "recipes_title_given";--> statement-breakpoint
ALTER TABLE "recipes" DROP CONSTRAINT "recipes_title_stems_given";--> statement-breakpoint
ALTER TABLE "recipes" DROP COLUMN "title_words";--> statement-breakpoint
ALTER TABLE "recipes" DROP COLUMN "name";--> statement-breakpoint
ALTER INDEX "recipes_title_twin" RENAME TO "recipes_title";--> statement-breakpoint
ALTER INDEX "recipes_search_twin" RENAME TO "recipes_search";
