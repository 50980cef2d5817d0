-- transactional
-- phase: migrate
INSERT INTO "monthly_kitchen_figures"
SELECT "restaurant_id", date_trunc('month', "business_date"::timestamp)::date, sum("placed"), sum("completed"),
  sum("cancelled_before_firing"), sum("cancelled_after_firing"), sum("sold"), sum("revenue"), sum("recalls"),
  sum("tickets"), sum("late"), sum("outliers"), sum("ticket_ms"), sum("outlier_ms"), sum("dishes")
FROM "daily_kitchen_parts"
WHERE "dimension" = 'day'
GROUP BY 1, 2
ORDER BY 1, 2;
--> statement-breakpoint
INSERT INTO "chain_item_months"
SELECT date_trunc('month', "business_date"::timestamp)::date, "menu_item_id", sum("units"), sum("revenue")
FROM "chain_item_sales"
GROUP BY 1, 2
ORDER BY 1, 2;
