-- transactional
-- phase: expand
-- excuse trigger-on-hot-table: derived from the alerts like an index, whichever release writes them; orders raise no forecast, so for them it is one comparison a raised alert
-- Volatile for the reason of stock_on_order.
CREATE FUNCTION stock_is_forecast(restaurant integer, ingredient integer) RETURNS boolean LANGUAGE sql VOLATILE AS $$
	SELECT EXISTS (
		SELECT FROM stock_alerts
		WHERE restaurant_id = restaurant AND ingredient_id = ingredient AND kind = 'forecast' AND cleared_at IS NULL
	)
$$;
--> statement-breakpoint
CREATE FUNCTION keep_stock_is_forecast() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	alert stock_alerts := CASE tg_op WHEN 'DELETE' THEN old ELSE new END;
BEGIN
	UPDATE stock_levels SET is_forecast = stock_is_forecast(restaurant_id, ingredient_id)
	WHERE restaurant_id = alert.restaurant_id AND ingredient_id = alert.ingredient_id;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER stock_alerts_forecast AFTER UPDATE OF cleared_at ON stock_alerts
	FOR EACH ROW WHEN (new.kind = 'forecast') EXECUTE FUNCTION keep_stock_is_forecast();
--> statement-breakpoint
CREATE TRIGGER stock_alerts_new_forecast AFTER INSERT ON stock_alerts
	FOR EACH ROW WHEN (new.kind = 'forecast') EXECUTE FUNCTION keep_stock_is_forecast();
--> statement-breakpoint
CREATE TRIGGER stock_alerts_gone_forecast AFTER DELETE ON stock_alerts
	FOR EACH ROW WHEN (old.kind = 'forecast') EXECUTE FUNCTION keep_stock_is_forecast();
--> statement-breakpoint
ALTER TABLE stock_alerts ENABLE ALWAYS TRIGGER stock_alerts_forecast, ENABLE ALWAYS TRIGGER stock_alerts_new_forecast,
	ENABLE ALWAYS TRIGGER stock_alerts_gone_forecast;
