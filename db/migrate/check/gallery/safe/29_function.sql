-- transactional
-- phase: expand
CREATE FUNCTION station_name(station text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN initcap(station);
