-- transactional
-- What restaurants were given stays in `given`; the column comes back empty.
ALTER TABLE change_set_edits ADD COLUMN published_for integer[] DEFAULT '{}'::integer[] NOT NULL;
