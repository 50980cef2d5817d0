-- backfill: stock_movements restaurant_id, id
-- phase: migrate
WITH batch AS (SELECT restaurant_id, id FROM stock_movements WHERE (restaurant_id, id) BETWEEN ($1, $2) AND ($3, $4))
DELETE FROM stock_movements USING batch WHERE (stock_movements.restaurant_id, stock_movements.id) = (batch.restaurant_id, batch.id) AND note = 'void';
