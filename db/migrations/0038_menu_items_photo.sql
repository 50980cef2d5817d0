-- transactional
-- phase: expand
ALTER TABLE "menu_items" ADD COLUMN "photo" varchar(64);
