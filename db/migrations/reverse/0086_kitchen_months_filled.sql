-- transactional
-- Sums of what stays.
DELETE FROM chain_item_months;
DELETE FROM monthly_kitchen_figures;
