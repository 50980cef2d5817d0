-- transactional
-- phase: expand
ALTER TABLE "suppliers" ADD COLUMN "order_days" smallint[] DEFAULT '{1,2,3,4,5,6,7}'::smallint[] NOT NULL;
