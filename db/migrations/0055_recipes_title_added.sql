-- transactional
-- phase: expand
-- The rename of recipes.name, step 1 of 5 (docs/migrations/rename.md). Title_words is made of name, and a generated column
-- of title would write the table anew with readers waiting: title_stems is an ordinary one.
ALTER TABLE "recipes" ADD COLUMN "title" varchar(200);--> statement-breakpoint
ALTER TABLE "recipes" ADD COLUMN "title_stems" "tsvector";
