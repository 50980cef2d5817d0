-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "order_events_figures" ON "order_events" USING btree ("restaurant_id","order_id") WHERE "order_events"."kind" in ('recalled', 'item_status');
