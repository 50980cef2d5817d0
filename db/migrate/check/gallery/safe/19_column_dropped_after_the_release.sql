-- transactional
-- phase: expand
ALTER TABLE suppliers ADD COLUMN contact text;
-- next release
-- next file
-- transactional
-- phase: contract
-- expand: 9000_fixture
ALTER TABLE suppliers DROP COLUMN contact_person;
