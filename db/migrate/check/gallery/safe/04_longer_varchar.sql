-- transactional
-- phase: expand
ALTER TABLE orders ALTER COLUMN place_or_name TYPE varchar(120);
