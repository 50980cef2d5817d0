-- transactional
ALTER TABLE recipes ALTER COLUMN dietary_restrictions DROP DEFAULT;
