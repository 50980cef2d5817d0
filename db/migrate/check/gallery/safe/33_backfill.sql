-- backfill: customers id
-- phase: migrate
UPDATE customers SET email = lower(email) WHERE id BETWEEN $1 AND $2;
