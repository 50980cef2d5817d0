-- not transactional
-- phase: expand
CREATE INDEX CONCURRENTLY "stock_levels_short" ON "stock_levels" USING btree ("restaurant_id","ingredient_id",(coalesce("on_hand" / nullif("minimum", 0), 0)),((("par" - "on_hand" - "on_order") * 1000)::bigint),((("par" - "minimum") * 1000)::bigint),(case when "on_hand" <= 0 then 3 when "on_hand" <= "minimum" then 2 else 1 end),"on_hand","minimum","par","on_order") WHERE "stock_levels"."on_hand" <= "stock_levels"."minimum" or "stock_levels"."is_forecast";
