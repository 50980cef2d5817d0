-- transactional
-- phase: expand
-- found: narrowed-column
ALTER TABLE stock_levels ALTER COLUMN on_hand TYPE numeric(9, 3);
