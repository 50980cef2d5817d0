-- transactional
-- phase: expand
-- found: narrowed-column
ALTER TABLE menu_items ALTER COLUMN name TYPE varchar(100);
