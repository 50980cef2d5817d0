-- transactional
-- phase: migrate
-- found: unbatched-write
DELETE FROM stock_movements WHERE created_at < now() - interval '2 years';
