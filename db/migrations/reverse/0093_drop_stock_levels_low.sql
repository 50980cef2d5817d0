-- not transactional
CREATE INDEX CONCURRENTLY stock_levels_low ON stock_levels USING btree (restaurant_id, ingredient_id) WHERE on_hand <= minimum;
