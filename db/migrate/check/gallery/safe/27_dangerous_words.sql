-- transactional
-- phase: expand
-- Not: LOCK TABLE orders; VACUUM FULL orders; UPDATE orders SET total = 0;
/* DROP TABLE orders; /* TRUNCATE orders; */ CREATE INDEX i ON orders (total); */
COMMENT ON TABLE orders IS 'Never LOCK TABLE orders; never UPDATE orders SET total = 0;';
CREATE FUNCTION repair(a integer) RETURNS void LANGUAGE sql AS $body$ DELETE FROM orders WHERE restaurant_id = a; $body$;
