-- transactional
-- phase: expand
ALTER TABLE suppliers ALTER COLUMN contact_person DROP NOT NULL;
