-- transactional
-- phase: migrate
-- found: unbatched-write
INSERT INTO stock_levels (restaurant_id, ingredient_id, par) SELECT restaurants.id, ingredients.id, 10 FROM restaurants, ingredients ON CONFLICT DO NOTHING;
