-- transactional
-- phase: migrate
-- found: unbatched-write
UPDATE customers SET email = lower(email);
