-- transactional
-- phase: expand
ALTER TABLE "order_events" DROP CONSTRAINT "order_events_kind";
--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_kind" CHECK ("kind" in ('placed', 'confirmed', 'preparing', 'ready', 'delivered', 'cancelled', 'recalled', 'changed', 'item_status', 'acknowledged')) NOT VALID;
