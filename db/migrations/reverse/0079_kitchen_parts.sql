-- transactional
-- The figures are derived: the release before computes its own again (npm run rollup).
DROP TABLE kitchen_rollups;
DROP TABLE food_cost_rollups;
DROP TABLE daily_kitchen_parts;
DROP TABLE daily_food_costs;
DROP TABLE chain_kitchen_parts;
DROP TABLE chain_item_sales;
DROP TABLE chain_food_costs;
ALTER TABLE daily_kitchen_metrics ALTER COLUMN prep_minutes_histogram DROP DEFAULT;
ALTER TABLE daily_kitchen_metrics
  DROP COLUMN median_without_outliers,
  DROP COLUMN p90_without_outliers,
  DROP COLUMN orders_so_far,
  DROP COLUMN revenue_so_far,
  DROP COLUMN closed_at,
  DROP COLUMN recomputed_at,
  DROP COLUMN recomputed_because;
