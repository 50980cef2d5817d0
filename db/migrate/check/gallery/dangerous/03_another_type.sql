-- transactional
-- phase: expand
-- found: retyped-column
ALTER TABLE menu_items ALTER COLUMN preparation_time TYPE bigint;
