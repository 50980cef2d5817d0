-- transactional
-- phase: expand
ALTER TABLE "ingredients" ADD COLUMN "storage_area" text DEFAULT 'dry' NOT NULL;
--> statement-breakpoint
ALTER TABLE "ingredients" ADD CONSTRAINT "ingredients_storage_area" CHECK ("storage_area" in ('dry', 'chilled', 'frozen', 'bar')) NOT VALID;
