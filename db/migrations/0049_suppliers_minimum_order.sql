-- transactional
-- phase: expand
ALTER TABLE "suppliers" ADD COLUMN "minimum_order" integer;
--> statement-breakpoint
ALTER TABLE "suppliers" ADD CONSTRAINT "suppliers_minimum_order" CHECK ("suppliers"."minimum_order" >= 0) NOT VALID;
