-- not transactional
-- phase: expand
CREATE UNIQUE INDEX CONCURRENTLY suppliers_email ON suppliers (email);
-- next file
-- transactional
-- phase: expand
ALTER TABLE suppliers ADD CONSTRAINT suppliers_email_unique UNIQUE USING INDEX suppliers_email;
