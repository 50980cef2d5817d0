-- transactional
-- phase: expand
-- An order's total is the sum of its lines. A check constraint cannot look at other rows, so two deferred constraint
-- triggers do, at commit. They refuse; they never change a value.
CREATE FUNCTION check_order_total() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	key_restaurant integer;
	key_order uuid;
	stated integer;
	summed bigint;
BEGIN
	IF tg_table_name = 'orders' THEN
		key_restaurant := new.restaurant_id;
		key_order := new.id;
	ELSIF tg_op = 'DELETE' THEN
		key_restaurant := old.restaurant_id;
		key_order := old.order_id;
	ELSE
		key_restaurant := new.restaurant_id;
		key_order := new.order_id;
	END IF;

	SELECT total INTO stated FROM orders WHERE restaurant_id = key_restaurant AND id = key_order;
	IF NOT FOUND THEN
		RETURN NULL;
	END IF;

	SELECT coalesce(sum(subtotal), 0) INTO summed
	FROM order_items WHERE restaurant_id = key_restaurant AND order_id = key_order;
	IF stated <> summed THEN
		RAISE EXCEPTION 'order % has total % but its lines sum to %', key_order, stated, summed
			USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_total_is_sum_of_lines', TABLE = 'orders';
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER orders_total_is_sum_of_lines
	AFTER INSERT OR UPDATE OF total ON orders
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_order_total();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER order_items_sum_to_total
	AFTER INSERT OR UPDATE OF quantity, unit_price, restaurant_id, order_id OR DELETE ON order_items
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_order_total();
