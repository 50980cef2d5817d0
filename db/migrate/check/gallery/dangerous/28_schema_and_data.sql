-- transactional
-- phase: expand
-- found: schema-and-data
ALTER TABLE suppliers ADD COLUMN country text;
INSERT INTO suppliers (name, contact_person, phone, email, address, country) VALUES ('Mercato', 'Ada', '1', 'ada@example.com', 'Via Roma 1', 'IT');
