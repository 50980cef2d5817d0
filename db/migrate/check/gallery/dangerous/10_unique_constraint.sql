-- transactional
-- phase: expand
-- found: disallowed-unique-constraint
ALTER TABLE orders ADD CONSTRAINT orders_by_place UNIQUE (restaurant_id, id, place_or_name);
