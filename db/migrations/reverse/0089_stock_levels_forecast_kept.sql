-- transactional
DROP TRIGGER stock_alerts_forecast ON stock_alerts;
DROP TRIGGER stock_alerts_new_forecast ON stock_alerts;
DROP TRIGGER stock_alerts_gone_forecast ON stock_alerts;
DROP FUNCTION keep_stock_is_forecast();
DROP FUNCTION stock_is_forecast(integer, integer);
