-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "daily_kitchen_metrics_day" ON "daily_kitchen_metrics" USING btree ("business_date","restaurant_id");
