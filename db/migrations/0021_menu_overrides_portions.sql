-- transactional
-- phase: expand
ALTER TABLE "menu_overrides" ADD COLUMN "portions_left" integer;
--> statement-breakpoint
ALTER TABLE "menu_overrides" ADD CONSTRAINT "menu_overrides_portions_left" CHECK ("menu_overrides"."portions_left" >= 0);
