-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "orders_of_customer" ON "orders" USING btree ("customer_id","id") WHERE "orders"."customer_id" is not null;
