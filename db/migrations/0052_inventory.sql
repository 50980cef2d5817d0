-- transactional
-- phase: expand
CREATE TABLE "deliveries" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"reference" varchar(80) DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"business_date" date NOT NULL,
	"received_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id")
);
--> statement-breakpoint
CREATE TABLE "delivery_lines" (
	"restaurant_id" integer NOT NULL,
	"delivery_id" uuid NOT NULL,
	"ingredient_id" integer NOT NULL,
	"quantity" numeric(14, 3) NOT NULL,
	"unit_price" numeric(12, 4) NOT NULL,
	"ordered_price" numeric(12, 4) NOT NULL,
	CONSTRAINT "delivery_lines_restaurant_id_delivery_id_ingredient_id_pk" PRIMARY KEY("restaurant_id","delivery_id","ingredient_id"),
	CONSTRAINT "delivery_lines_quantity" CHECK ("delivery_lines"."quantity" > 0),
	CONSTRAINT "delivery_lines_unit_price" CHECK ("delivery_lines"."unit_price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "purchase_order_lines" (
	"restaurant_id" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"ingredient_id" integer NOT NULL,
	"packs" integer NOT NULL,
	"pack_size" numeric(12, 3) NOT NULL,
	"unit_price" numeric(12, 4) NOT NULL,
	"received" numeric(14, 3) DEFAULT '0' NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"outstanding" numeric(14, 3) GENERATED ALWAYS AS (case when status = 'open' then greatest(packs * pack_size - received, 0) else 0 end) STORED NOT NULL,
	CONSTRAINT "purchase_order_lines_restaurant_id_order_id_ingredient_id_pk" PRIMARY KEY("restaurant_id","order_id","ingredient_id"),
	CONSTRAINT "purchase_order_lines_status" CHECK ("status" in ('draft', 'open', 'done')),
	CONSTRAINT "purchase_order_lines_packs" CHECK ("purchase_order_lines"."packs" >= 0),
	CONSTRAINT "purchase_order_lines_pack_size" CHECK ("purchase_order_lines"."pack_size" > 0),
	CONSTRAINT "purchase_order_lines_unit_price" CHECK ("purchase_order_lines"."unit_price" >= 0),
	CONSTRAINT "purchase_order_lines_received" CHECK ("purchase_order_lines"."received" >= 0)
);
--> statement-breakpoint
CREATE TABLE "purchase_orders" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"number" integer NOT NULL,
	"supplier_id" integer NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_by" integer,
	"sent_at" timestamp with time zone,
	"expected_on" date,
	"closed_by" integer,
	"closed_at" timestamp with time zone,
	CONSTRAINT "purchase_orders_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "purchase_orders_number" UNIQUE("restaurant_id","number"),
	CONSTRAINT "purchase_orders_status" CHECK ("status" in ('draft', 'sent', 'partly_received', 'received', 'closed_short', 'cancelled')),
	CONSTRAINT "purchase_orders_status_times" CHECK (case "purchase_orders"."status"
        when 'draft' then num_nonnulls("purchase_orders"."sent_at", "purchase_orders"."closed_at") = 0
        when 'cancelled' then "purchase_orders"."closed_at" is not null
        when 'received' then num_nulls("purchase_orders"."sent_at", "purchase_orders"."closed_at") = 0
        when 'closed_short' then num_nulls("purchase_orders"."sent_at", "purchase_orders"."closed_at") = 0
        else "purchase_orders"."sent_at" is not null and "purchase_orders"."closed_at" is null end)
);
--> statement-breakpoint
CREATE TABLE "stock_alerts" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"ingredient_id" integer NOT NULL,
	"kind" text NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"on_hand" numeric(14, 3) NOT NULL,
	"cleared_at" timestamp with time zone,
	"acknowledged_by" integer,
	"acknowledged_at" timestamp with time zone,
	"reason" text DEFAULT '' NOT NULL,
	"snoozed_until" timestamp with time zone,
	CONSTRAINT "stock_alerts_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "stock_alerts_kind" CHECK ("kind" in ('forecast', 'low', 'out')),
	CONSTRAINT "stock_alerts_snoozed" CHECK ("stock_alerts"."snoozed_until" is null or "stock_alerts"."acknowledged_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "stock_count_lines" (
	"restaurant_id" integer NOT NULL,
	"count_id" uuid NOT NULL,
	"ingredient_id" integer NOT NULL,
	"counted" numeric(14, 3),
	"expected" numeric(14, 3) NOT NULL,
	"unit_price" numeric(12, 4) NOT NULL,
	"counted_by" integer,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stock_count_lines_restaurant_id_count_id_ingredient_id_pk" PRIMARY KEY("restaurant_id","count_id","ingredient_id"),
	CONSTRAINT "stock_count_lines_counted" CHECK ("stock_count_lines"."counted" >= 0)
);
--> statement-breakpoint
CREATE TABLE "stock_counts" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"storage_area" text,
	"is_blind" boolean NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"business_date" date NOT NULL,
	"started_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_by" integer,
	"closed_at" timestamp with time zone,
	CONSTRAINT "stock_counts_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "stock_counts_storage_area" CHECK ("storage_area" in ('dry', 'chilled', 'frozen', 'bar')),
	CONSTRAINT "stock_counts_status" CHECK ("status" in ('open', 'posted', 'dropped')),
	CONSTRAINT "stock_counts_closed" CHECK (("stock_counts"."status" = 'open') = ("stock_counts"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "stock_transfer_lines" (
	"restaurant_id" integer NOT NULL,
	"transfer_id" uuid NOT NULL,
	"ingredient_id" integer NOT NULL,
	"quantity" numeric(14, 3) NOT NULL,
	"unit_price" numeric(12, 4) NOT NULL,
	CONSTRAINT "stock_transfer_lines_restaurant_id_transfer_id_ingredient_id_pk" PRIMARY KEY("restaurant_id","transfer_id","ingredient_id"),
	CONSTRAINT "stock_transfer_lines_quantity" CHECK ("stock_transfer_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "stock_transfers" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"to_restaurant_id" integer NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_transfers_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "stock_transfers_elsewhere" CHECK ("stock_transfers"."to_restaurant_id" <> "stock_transfers"."restaurant_id")
);
--> statement-breakpoint
CREATE TABLE "waste_entries" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"ingredient_id" integer NOT NULL,
	"quantity" numeric(14, 3) NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"unit_price" numeric(12, 4) NOT NULL,
	"business_date" date NOT NULL,
	"created_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waste_entries_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "waste_entries_quantity" CHECK ("waste_entries"."quantity" > 0),
	CONSTRAINT "waste_entries_reason" CHECK ("reason" in ('spoiled', 'expired', 'dropped', 'overcooked', 'returned', 'trimmings', 'staff_meal', 'other'))
);
--> statement-breakpoint
CREATE TABLE "daily_stock_use" (
	"restaurant_id" integer NOT NULL,
	"business_date" date NOT NULL,
	"ingredient_id" integer NOT NULL,
	"received" numeric(14, 3) DEFAULT '0' NOT NULL,
	"consumed" numeric(14, 3) DEFAULT '0' NOT NULL,
	"wasted" numeric(14, 3) DEFAULT '0' NOT NULL,
	"counted" numeric(14, 3) DEFAULT '0' NOT NULL,
	"transferred" numeric(14, 3) DEFAULT '0' NOT NULL,
	CONSTRAINT "daily_stock_use_restaurant_id_business_date_ingredient_id_pk" PRIMARY KEY("restaurant_id","business_date","ingredient_id")
);
--> statement-breakpoint
CREATE TABLE "stock_rollups" (
	"restaurant_id" integer PRIMARY KEY NOT NULL,
	"through" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_use" (
	"restaurant_id" integer NOT NULL,
	"ingredient_id" integer NOT NULL,
	"used" numeric(14, 3)[] NOT NULL,
	CONSTRAINT "stock_use_restaurant_id_ingredient_id_pk" PRIMARY KEY("restaurant_id","ingredient_id"),
	CONSTRAINT "stock_use_weekdays" CHECK (cardinality("stock_use"."used") = 7)
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_received_by_users_id_fk" FOREIGN KEY ("received_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_order_fk" FOREIGN KEY ("restaurant_id","order_id") REFERENCES "public"."purchase_orders"("restaurant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delivery_lines" ADD CONSTRAINT "delivery_lines_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delivery_lines" ADD CONSTRAINT "delivery_lines_delivery_fk" FOREIGN KEY ("restaurant_id","delivery_id") REFERENCES "public"."deliveries"("restaurant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "purchase_order_lines" ADD CONSTRAINT "purchase_order_lines_order_fk" FOREIGN KEY ("restaurant_id","order_id") REFERENCES "public"."purchase_orders"("restaurant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "purchase_orders" ADD CONSTRAINT "purchase_orders_closed_by_users_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_alerts" ADD CONSTRAINT "stock_alerts_acknowledged_by_users_id_fk" FOREIGN KEY ("acknowledged_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_alerts" ADD CONSTRAINT "stock_alerts_level_fk" FOREIGN KEY ("restaurant_id","ingredient_id") REFERENCES "public"."stock_levels"("restaurant_id","ingredient_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_count_lines" ADD CONSTRAINT "stock_count_lines_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_count_lines" ADD CONSTRAINT "stock_count_lines_counted_by_users_id_fk" FOREIGN KEY ("counted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_count_lines" ADD CONSTRAINT "stock_count_lines_count_fk" FOREIGN KEY ("restaurant_id","count_id") REFERENCES "public"."stock_counts"("restaurant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_started_by_users_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_counts" ADD CONSTRAINT "stock_counts_closed_by_users_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_transfer_lines" ADD CONSTRAINT "stock_transfer_lines_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_transfer_lines" ADD CONSTRAINT "stock_transfer_lines_transfer_fk" FOREIGN KEY ("restaurant_id","transfer_id") REFERENCES "public"."stock_transfers"("restaurant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_to_restaurant_id_restaurants_id_fk" FOREIGN KEY ("to_restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_transfers" ADD CONSTRAINT "stock_transfers_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "waste_entries" ADD CONSTRAINT "waste_entries_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "waste_entries" ADD CONSTRAINT "waste_entries_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "waste_entries" ADD CONSTRAINT "waste_entries_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "daily_stock_use" ADD CONSTRAINT "daily_stock_use_level_fk" FOREIGN KEY ("restaurant_id","ingredient_id") REFERENCES "public"."stock_levels"("restaurant_id","ingredient_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_rollups" ADD CONSTRAINT "stock_rollups_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stock_use" ADD CONSTRAINT "stock_use_level_fk" FOREIGN KEY ("restaurant_id","ingredient_id") REFERENCES "public"."stock_levels"("restaurant_id","ingredient_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "deliveries_order" ON "deliveries" USING btree ("restaurant_id","order_id","id");
--> statement-breakpoint
CREATE INDEX "delivery_lines_ingredient" ON "delivery_lines" USING btree ("restaurant_id","ingredient_id","delivery_id");
--> statement-breakpoint
CREATE INDEX "purchase_order_lines_open" ON "purchase_order_lines" USING btree ("restaurant_id","ingredient_id") WHERE "purchase_order_lines"."status" = 'open';
--> statement-breakpoint
CREATE UNIQUE INDEX "purchase_orders_draft" ON "purchase_orders" USING btree ("restaurant_id","supplier_id") WHERE "purchase_orders"."status" = 'draft';
--> statement-breakpoint
CREATE UNIQUE INDEX "stock_alerts_open" ON "stock_alerts" USING btree ("restaurant_id","ingredient_id","kind") WHERE "stock_alerts"."cleared_at" is null;
--> statement-breakpoint
CREATE INDEX "stock_transfers_to" ON "stock_transfers" USING btree ("to_restaurant_id","id");
