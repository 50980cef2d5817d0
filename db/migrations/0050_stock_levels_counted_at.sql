-- transactional
-- phase: expand
ALTER TABLE "stock_levels" ADD COLUMN "counted_at" timestamp with time zone;
