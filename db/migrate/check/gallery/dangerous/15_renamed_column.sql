-- transactional
-- phase: expand
-- found: contract-phase
ALTER TABLE suppliers RENAME COLUMN contact_person TO contact;
