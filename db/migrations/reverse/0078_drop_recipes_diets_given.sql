-- transactional
-- Not validated: nobody is locked out, and the column itself still says it.
ALTER TABLE recipes ADD CONSTRAINT recipes_diets_given CHECK (dietary_restrictions IS NOT NULL) NOT VALID;
