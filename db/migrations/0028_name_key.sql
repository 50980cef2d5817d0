-- transactional
-- phase: expand
-- How people compare names: without regard to case, accents, spaces and the compatibility forms of Unicode (NFKD), so
-- that "CRÈME  FRAICHE" is "Crème fraîche". At most 500 characters, since a longer one would not fit into an index.
-- Letters that only look alike (ø and o, ß and ss) stay different.
CREATE FUNCTION name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(btrim(regexp_replace(lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g')), '\s+', ' ', 'g')), 500);
