-- transactional
-- phase: migrate
-- found: unreadable-block
DO $$ BEGIN EXECUTE 'UPDATE orders SET special_instructions = trim(special_instructions)'; END $$;
