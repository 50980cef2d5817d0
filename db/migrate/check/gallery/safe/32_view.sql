-- transactional
-- phase: expand
CREATE VIEW open_orders AS SELECT restaurant_id, id FROM orders WHERE delivered_at IS NULL;
