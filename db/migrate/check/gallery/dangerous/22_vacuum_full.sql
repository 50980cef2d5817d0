-- not transactional
-- phase: migrate
-- found: vacuum-full
VACUUM (FULL, ANALYZE) orders;
