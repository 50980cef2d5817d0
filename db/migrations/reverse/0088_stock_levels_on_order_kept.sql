-- transactional
-- The column is dropped by the way back of the file before, so nothing in it grows stale.
DROP TRIGGER purchase_order_lines_on_order ON purchase_order_lines;
DROP TRIGGER purchase_order_lines_new_on_order ON purchase_order_lines;
DROP TRIGGER purchase_order_lines_gone_on_order ON purchase_order_lines;
DROP FUNCTION keep_stock_on_order();
DROP FUNCTION stock_on_order(integer, integer);
