-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "stock_alerts_answered" ON "stock_alerts" USING btree ("restaurant_id","ingredient_id") WHERE "stock_alerts"."cleared_at" is null and "stock_alerts"."acknowledged_at" is not null;
