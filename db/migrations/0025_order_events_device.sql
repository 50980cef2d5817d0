-- transactional
-- phase: expand
ALTER TABLE "order_events" ADD COLUMN "device_id" integer;
--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_device_fk" FOREIGN KEY ("restaurant_id","device_id") REFERENCES "public"."devices"("restaurant_id","id") ON DELETE no action ON UPDATE no action NOT VALID;
