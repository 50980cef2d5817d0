-- transactional
-- phase: expand
-- excuse trigger-on-hot-table: on order is derived from the lines like an index, whichever release writes them; a purchase order's lines are written a few times in its life
-- Volatile, so that in an update of a level it is a look of its own: where the update had to wait for the level, its set
-- clause is worked out again and sees the lines of whoever held it. A difference added to the column would do without,
-- but a column that was ever wrong would stay so.
CREATE FUNCTION stock_on_order(restaurant integer, ingredient integer) RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT coalesce(sum(outstanding), 0) FROM purchase_order_lines
	WHERE restaurant_id = restaurant AND ingredient_id = ingredient AND status = 'open'
$$;
--> statement-breakpoint
CREATE FUNCTION keep_stock_on_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	line purchase_order_lines := CASE tg_op WHEN 'DELETE' THEN old ELSE new END;
BEGIN
	UPDATE stock_levels SET on_order = stock_on_order(restaurant_id, ingredient_id)
	WHERE restaurant_id = line.restaurant_id AND ingredient_id = line.ingredient_id;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER purchase_order_lines_on_order AFTER UPDATE ON purchase_order_lines
	FOR EACH ROW WHEN (old.outstanding IS DISTINCT FROM new.outstanding) EXECUTE FUNCTION keep_stock_on_order();
--> statement-breakpoint
CREATE TRIGGER purchase_order_lines_new_on_order AFTER INSERT ON purchase_order_lines
	FOR EACH ROW WHEN (new.status = 'open') EXECUTE FUNCTION keep_stock_on_order();
--> statement-breakpoint
CREATE TRIGGER purchase_order_lines_gone_on_order AFTER DELETE ON purchase_order_lines
	FOR EACH ROW WHEN (old.status = 'open') EXECUTE FUNCTION keep_stock_on_order();
--> statement-breakpoint
-- Also where a loader has switched off the checks of foreign keys (session_replication_role).
ALTER TABLE purchase_order_lines ENABLE ALWAYS TRIGGER purchase_order_lines_on_order,
	ENABLE ALWAYS TRIGGER purchase_order_lines_new_on_order, ENABLE ALWAYS TRIGGER purchase_order_lines_gone_on_order;
