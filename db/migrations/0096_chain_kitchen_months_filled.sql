-- transactional
-- phase: migrate
INSERT INTO "chain_kitchen_months" ("month", "dimension", "part", "placed", "completed", "cancelled_before_firing",
  "cancelled_after_firing", "sold", "revenue", "recalls", "tickets", "late", "outliers", "ticket_ms", "outlier_ms",
  "dishes", "minutes", "minute_tickets")
WITH figure AS (
  SELECT date_trunc('month', "business_date"::timestamp)::date AS "month", "dimension", "part", sum("placed") AS "placed",
    sum("completed") AS "completed", sum("cancelled_before_firing") AS "cancelled_before_firing",
    sum("cancelled_after_firing") AS "cancelled_after_firing", sum("sold") AS "sold", sum("revenue") AS "revenue",
    sum("recalls") AS "recalls", sum("tickets") AS "tickets", sum("late") AS "late", sum("outliers") AS "outliers",
    sum("ticket_ms") AS "ticket_ms", sum("outlier_ms") AS "outlier_ms", sum("dishes") AS "dishes"
  FROM "chain_kitchen_parts"
  GROUP BY 1, 2, 3
), counted AS (
  SELECT date_trunc('month', "business_date"::timestamp)::date AS "month", "dimension", "part", h.minute,
    sum(h.tickets) AS tickets
  FROM "chain_kitchen_parts"
  CROSS JOIN LATERAL unnest("minutes", "minute_tickets") AS h (minute, tickets)
  GROUP BY 1, 2, 3, 4
), histogram AS (
  SELECT "month", "dimension", "part", array_agg(minute ORDER BY minute)::smallint[] AS "minutes",
    array_agg(tickets ORDER BY minute)::int[] AS "minute_tickets"
  FROM counted
  GROUP BY 1, 2, 3
)
SELECT "month", "dimension", "part", "placed", "completed", "cancelled_before_firing", "cancelled_after_firing", "sold",
  "revenue", "recalls", "tickets", "late", "outliers", "ticket_ms", "outlier_ms", "dishes", coalesce("minutes", '{}'),
  coalesce("minute_tickets", '{}')
FROM figure
LEFT JOIN histogram USING ("month", "dimension", "part")
ORDER BY "dimension", "month", "part";
