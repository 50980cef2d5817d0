-- backfill: stock_levels restaurant_id, ingredient_id
-- phase: migrate
-- What was on order and forecast before the triggers; what changes since, they write.
UPDATE stock_levels s SET on_order = stock_on_order(s.restaurant_id, s.ingredient_id),
	is_forecast = stock_is_forecast(s.restaurant_id, s.ingredient_id)
WHERE (s.restaurant_id, s.ingredient_id) BETWEEN ($1, $2) AND ($3, $4) AND (
	EXISTS (
		SELECT FROM purchase_order_lines l
		WHERE l.restaurant_id = s.restaurant_id AND l.ingredient_id = s.ingredient_id AND l.status = 'open'
	)
	OR EXISTS (
		SELECT FROM stock_alerts a
		WHERE a.restaurant_id = s.restaurant_id AND a.ingredient_id = s.ingredient_id AND a.kind = 'forecast'
			AND a.cleared_at IS NULL
	)
);
