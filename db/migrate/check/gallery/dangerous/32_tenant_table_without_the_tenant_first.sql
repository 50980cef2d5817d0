-- transactional
-- phase: expand
-- found: tenant-key
CREATE TABLE reservations (
  id uuid PRIMARY KEY,
  restaurant_id integer NOT NULL REFERENCES restaurants (id),
  name text NOT NULL
);
CREATE INDEX reservations_restaurant ON reservations (restaurant_id);
