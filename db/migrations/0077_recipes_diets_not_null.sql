-- transactional
-- phase: expand
-- The validated check proves it without a look at the rows.
ALTER TABLE "recipes" ALTER COLUMN "dietary_restrictions" SET NOT NULL;
