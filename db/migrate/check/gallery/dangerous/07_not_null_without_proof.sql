-- transactional
-- phase: expand
-- found: unproved-not-null
ALTER TABLE orders ALTER COLUMN estimated_delivery SET NOT NULL;
