-- transactional
-- phase: expand
CREATE MATERIALIZED VIEW dishes_by_station AS SELECT station, count(*) FROM menu_items GROUP BY 1;
-- next release
-- next file
-- transactional
-- phase: migrate
-- found: blocking-refresh
REFRESH MATERIALIZED VIEW dishes_by_station;
