-- transactional
-- phase: migrate
-- found: truncation
TRUNCATE wall_moves;
