-- transactional
-- phase: expand
ALTER TABLE "order_events" VALIDATE CONSTRAINT "order_events_device_fk";
--> statement-breakpoint
ALTER TABLE "order_events" VALIDATE CONSTRAINT "order_events_kind";
