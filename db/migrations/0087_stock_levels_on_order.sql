-- transactional
-- phase: expand
-- Kept beside each level by the triggers of the next two files.
ALTER TABLE "stock_levels" ADD COLUMN "on_order" numeric(14, 3) DEFAULT '0' NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD COLUMN "is_forecast" boolean DEFAULT false NOT NULL;
