-- transactional
-- phase: expand
CREATE TABLE "chain_item_months" (
	"month" date NOT NULL,
	"menu_item_id" integer NOT NULL,
	"units" bigint NOT NULL,
	"revenue" bigint NOT NULL,
	CONSTRAINT "chain_item_months_month_menu_item_id_pk" PRIMARY KEY("month","menu_item_id")
);
--> statement-breakpoint
CREATE TABLE "monthly_kitchen_figures" (
	"restaurant_id" integer NOT NULL,
	"month" date NOT NULL,
	"placed" integer DEFAULT 0 NOT NULL,
	"completed" integer DEFAULT 0 NOT NULL,
	"cancelled_before_firing" integer DEFAULT 0 NOT NULL,
	"cancelled_after_firing" integer DEFAULT 0 NOT NULL,
	"sold" integer DEFAULT 0 NOT NULL,
	"revenue" bigint DEFAULT 0 NOT NULL,
	"recalls" integer DEFAULT 0 NOT NULL,
	"tickets" integer DEFAULT 0 NOT NULL,
	"late" integer DEFAULT 0 NOT NULL,
	"outliers" integer DEFAULT 0 NOT NULL,
	"ticket_ms" bigint DEFAULT 0 NOT NULL,
	"outlier_ms" bigint DEFAULT 0 NOT NULL,
	"dishes" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "monthly_kitchen_figures_restaurant_id_month_pk" PRIMARY KEY("restaurant_id","month")
);
--> statement-breakpoint
ALTER TABLE "chain_item_months" ADD CONSTRAINT "chain_item_months_menu_item_id_menu_items_id_fk" FOREIGN KEY ("menu_item_id") REFERENCES "public"."menu_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "monthly_kitchen_figures" ADD CONSTRAINT "monthly_kitchen_figures_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;