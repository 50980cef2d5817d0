-- transactional
-- phase: expand
-- Words anywhere in a name, spelling mistakes included.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
