-- transactional
-- phase: expand
ALTER TABLE recipe_tallies ADD COLUMN id bigint;
-- next file
-- transactional
-- phase: expand
ALTER TABLE recipe_tallies ADD CONSTRAINT recipe_tallies_id CHECK (id IS NOT NULL) NOT VALID;
-- next file
-- transactional
-- phase: expand
ALTER TABLE recipe_tallies VALIDATE CONSTRAINT recipe_tallies_id;
-- next file
-- not transactional
-- phase: expand
CREATE UNIQUE INDEX CONCURRENTLY recipe_tallies_key ON recipe_tallies (id);
-- next file
-- transactional
-- phase: expand
ALTER TABLE recipe_tallies ADD CONSTRAINT recipe_tallies_pkey PRIMARY KEY USING INDEX recipe_tallies_key;
