-- transactional
-- phase: expand
ALTER TABLE "stock_movements" ADD COLUMN "document_id" uuid;
