-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "orders_day" ON "orders" USING btree (("business_date" + 0));
