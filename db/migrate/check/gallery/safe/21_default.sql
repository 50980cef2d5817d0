-- transactional
-- phase: expand
ALTER TABLE orders ALTER COLUMN channel SET DEFAULT 'dine_in';
