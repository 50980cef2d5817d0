-- not transactional
-- phase: migrate
VACUUM (ANALYZE) orders;
