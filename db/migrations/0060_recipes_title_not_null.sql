-- transactional
-- phase: expand
-- The validated checks prove it without a look at the rows. They go with name: to put one of them back, as going back
-- to before this file would have to, means reading all rows under the lock.
ALTER TABLE "recipes" ALTER COLUMN "title" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "recipes" ALTER COLUMN "title_stems" SET NOT NULL;
