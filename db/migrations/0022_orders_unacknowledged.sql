-- transactional
-- phase: expand
ALTER TABLE "order_items" ADD COLUMN "from_countdown" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "order_requests" ADD COLUMN "status" smallint DEFAULT 201 NOT NULL;
--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "unacknowledged" jsonb;
