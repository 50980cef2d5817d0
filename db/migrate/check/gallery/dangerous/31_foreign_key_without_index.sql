-- transactional
-- phase: expand
-- found: uncovered-foreign-key
CREATE TABLE order_tips (
  restaurant_id integer NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id)
);
