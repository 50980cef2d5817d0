-- transactional
-- phase: expand
-- found: contract-phase
ALTER TABLE suppliers DROP COLUMN rating;
