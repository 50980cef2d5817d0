-- transactional
-- phase: expand
CREATE TABLE tags (id integer PRIMARY KEY, name varchar(200) NOT NULL);
-- next file
-- transactional
-- phase: expand
CREATE INDEX tags_name ON tags (name);
ALTER TABLE tags ALTER COLUMN name TYPE varchar(100), ADD CHECK (id > 0);
UPDATE tags SET name = trim(name);
