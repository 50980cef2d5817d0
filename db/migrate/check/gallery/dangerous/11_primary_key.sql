-- transactional
-- phase: expand
-- found: adding-serial-primary-key-field
ALTER TABLE recipe_tallies ADD COLUMN id bigint, ADD PRIMARY KEY (id);
