-- transactional
-- phase: expand
-- found: adding-foreign-key-constraint
ALTER TABLE kitchen_feed ADD CONSTRAINT kitchen_feed_restaurant FOREIGN KEY (restaurant_id) REFERENCES restaurants (id);
