-- transactional
-- phase: expand
-- found: trigger-on-hot-table
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.updated_at := now(); RETURN new; END $$;
CREATE TRIGGER stock_levels_touch BEFORE UPDATE ON stock_levels FOR EACH ROW EXECUTE FUNCTION touch();
