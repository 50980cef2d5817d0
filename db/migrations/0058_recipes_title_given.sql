-- transactional
-- phase: expand
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_title_given" CHECK ("recipes"."title" is not null) NOT VALID;--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_title_stems_given" CHECK ("recipes"."title_stems" is not null) NOT VALID;
