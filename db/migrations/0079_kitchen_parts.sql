-- transactional
-- phase: expand
CREATE TABLE "chain_food_costs" (
	"business_date" date NOT NULL,
	"part" text NOT NULL,
	"value" numeric(20, 7) NOT NULL,
	CONSTRAINT "chain_food_costs_business_date_part_pk" PRIMARY KEY("business_date","part"),
	CONSTRAINT "chain_food_costs_part" CHECK ("part" in ('theoretical', 'actual', 'spoiled', 'expired', 'dropped', 'overcooked', 'returned', 'trimmings', 'staff_meal', 'other', 'cancelled_order'))
);
--> statement-breakpoint
CREATE TABLE "chain_item_sales" (
	"business_date" date NOT NULL,
	"menu_item_id" integer NOT NULL,
	"units" integer NOT NULL,
	"revenue" bigint NOT NULL,
	CONSTRAINT "chain_item_sales_business_date_menu_item_id_pk" PRIMARY KEY("business_date","menu_item_id")
);
--> statement-breakpoint
CREATE TABLE "chain_kitchen_parts" (
	"business_date" date NOT NULL,
	"dimension" text NOT NULL,
	"part" varchar(20) NOT NULL,
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
	"minutes" smallint[] NOT NULL,
	"minute_tickets" integer[] NOT NULL,
	CONSTRAINT "chain_kitchen_parts_dimension_business_date_part_pk" PRIMARY KEY("dimension","business_date","part"),
	CONSTRAINT "chain_kitchen_parts_dimension" CHECK ("dimension" in ('day', 'channel', 'station', 'hour'))
);
--> statement-breakpoint
CREATE TABLE "daily_food_costs" (
	"restaurant_id" integer NOT NULL,
	"business_date" date NOT NULL,
	"part" text NOT NULL,
	"value" numeric(20, 7) NOT NULL,
	CONSTRAINT "daily_food_costs_restaurant_id_business_date_part_pk" PRIMARY KEY("restaurant_id","business_date","part"),
	CONSTRAINT "daily_food_costs_part" CHECK ("part" in ('theoretical', 'actual', 'spoiled', 'expired', 'dropped', 'overcooked', 'returned', 'trimmings', 'staff_meal', 'other', 'cancelled_order'))
);
--> statement-breakpoint
CREATE TABLE "daily_kitchen_parts" (
	"restaurant_id" integer NOT NULL,
	"business_date" date NOT NULL,
	"dimension" text NOT NULL,
	"part" varchar(20) NOT NULL,
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
	"minutes" smallint[] NOT NULL,
	"minute_tickets" integer[] NOT NULL,
	CONSTRAINT "daily_kitchen_parts_pk" PRIMARY KEY("restaurant_id","business_date","dimension","part"),
	CONSTRAINT "daily_kitchen_parts_dimension" CHECK ("dimension" in ('day', 'channel', 'station', 'hour'))
);
--> statement-breakpoint
CREATE TABLE "food_cost_rollups" (
	"restaurant_id" integer PRIMARY KEY NOT NULL,
	"through" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kitchen_rollups" (
	"restaurant_id" integer PRIMARY KEY NOT NULL,
	"through" date NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ALTER COLUMN "prep_minutes_histogram" SET DEFAULT '{}'::integer[];--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD COLUMN "median_without_outliers" numeric(7, 2);--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD COLUMN "p90_without_outliers" numeric(7, 2);--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD COLUMN "orders_so_far" integer[];--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD COLUMN "revenue_so_far" bigint[];--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD COLUMN "recomputed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD COLUMN "recomputed_because" text;--> statement-breakpoint
ALTER TABLE "chain_item_sales" ADD CONSTRAINT "chain_item_sales_menu_item_id_menu_items_id_fk" FOREIGN KEY ("menu_item_id") REFERENCES "public"."menu_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_food_costs" ADD CONSTRAINT "daily_food_costs_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_kitchen_parts" ADD CONSTRAINT "daily_kitchen_parts_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "food_cost_rollups" ADD CONSTRAINT "food_cost_rollups_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kitchen_rollups" ADD CONSTRAINT "kitchen_rollups_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;