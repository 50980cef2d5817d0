-- transactional
-- phase: expand
ALTER TABLE suppliers ADD COLUMN contact text;
-- next file
-- transactional
-- phase: contract
-- found: unreleased-expand
-- expand: 9000_fixture
ALTER TABLE suppliers DROP COLUMN contact_person;
