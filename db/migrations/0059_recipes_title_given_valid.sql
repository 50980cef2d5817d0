-- transactional
-- phase: expand
ALTER TABLE recipes VALIDATE CONSTRAINT recipes_title_given;
--> statement-breakpoint
ALTER TABLE recipes VALIDATE CONSTRAINT recipes_title_stems_given;
