-- transactional
-- phase: expand
CREATE TABLE tips (
  restaurant_id integer NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  PRIMARY KEY (restaurant_id, id)
);
CREATE INDEX tips_order ON tips (restaurant_id, order_id);
-- next file
-- transactional
-- phase: expand
ALTER TABLE tips ADD CONSTRAINT tips_order_fk FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id);
