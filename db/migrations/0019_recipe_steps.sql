-- transactional
-- phase: expand
-- The method of a recipe, step by step.
CREATE TABLE "recipe_steps" (
	"recipe_id" integer NOT NULL,
	"position" smallint NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "recipe_steps_recipe_id_position_pk" PRIMARY KEY("recipe_id","position"),
	CONSTRAINT "recipe_steps_position" CHECK ("recipe_steps"."position" >= 1),
	CONSTRAINT "recipe_steps_text" CHECK ("recipe_steps"."text" ~ '\S' and length("recipe_steps"."text") <= 2000)
);
--> statement-breakpoint
ALTER TABLE "recipe_steps" ADD CONSTRAINT "recipe_steps_recipe_id_recipes_id_fk" FOREIGN KEY ("recipe_id") REFERENCES "public"."recipes"("id") ON DELETE cascade ON UPDATE no action;