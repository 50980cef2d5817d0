-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "orders_on_wall" ON "orders" USING btree ("restaurant_id","id") WHERE "status" in ('pending', 'confirmed', 'preparing', 'ready') or "unacknowledged" is not null;
