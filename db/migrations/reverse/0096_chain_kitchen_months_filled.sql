-- transactional
-- Sums of what stays.
DELETE FROM chain_kitchen_months;
