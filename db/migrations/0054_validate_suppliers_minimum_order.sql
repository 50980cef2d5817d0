-- transactional
-- phase: expand
ALTER TABLE "suppliers" VALIDATE CONSTRAINT "suppliers_minimum_order";
