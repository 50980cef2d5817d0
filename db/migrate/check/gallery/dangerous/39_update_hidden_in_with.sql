-- transactional
-- phase: migrate
-- found: unbatched-write
WITH moved AS (UPDATE customers SET email = lower(email) RETURNING id) SELECT id FROM moved;
