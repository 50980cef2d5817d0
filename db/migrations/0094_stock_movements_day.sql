-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "stock_movements_day" ON "stock_movements" USING btree ("restaurant_id","business_date","kind","ingredient_id","quantity");
