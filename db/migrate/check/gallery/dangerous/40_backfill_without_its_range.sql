-- backfill: customers id
-- phase: migrate
-- found: backfill-form
UPDATE customers SET email = lower(email);
