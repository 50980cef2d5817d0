-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY stock_movements_order_key ON stock_movements (restaurant_id, order_id);
-- next file
-- transactional
-- phase: expand
ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_order_fk FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id) NOT VALID;
-- next file
-- transactional
-- phase: expand
ALTER TABLE stock_movements VALIDATE CONSTRAINT stock_movements_order_fk;
