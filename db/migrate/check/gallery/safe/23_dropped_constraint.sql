-- transactional
-- phase: expand
ALTER TABLE suppliers DROP CONSTRAINT suppliers_rating;
