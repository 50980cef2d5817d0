-- transactional
-- phase: expand
CREATE TABLE reservations (
  restaurant_id integer NOT NULL REFERENCES restaurants (id),
  id uuid NOT NULL,
  table_name varchar(80) NOT NULL,
  order_id uuid,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, table_name),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id)
);
CREATE INDEX reservations_order ON reservations (restaurant_id, order_id);
CREATE FUNCTION reservation_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.table_name := trim(new.table_name); RETURN new; END $$;
CREATE TRIGGER reservations_name BEFORE INSERT ON reservations FOR EACH ROW EXECUTE FUNCTION reservation_name();
