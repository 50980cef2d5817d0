-- transactional
-- phase: expand
CREATE MATERIALIZED VIEW dishes_by_station AS SELECT station, count(*) FROM menu_items GROUP BY 1;
CREATE UNIQUE INDEX dishes_by_station_key ON dishes_by_station (station);
-- next release
-- next file
-- transactional
-- phase: migrate
REFRESH MATERIALIZED VIEW CONCURRENTLY dishes_by_station;
