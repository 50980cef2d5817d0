-- transactional
-- phase: expand
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" integer,
	"restaurant_id" integer,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cache_invalidations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cache_invalidations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tag" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ingredients" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ingredients_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"unit" text NOT NULL,
	"unit_price" numeric(12, 4) NOT NULL,
	"supplier_id" integer NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"pack_size" numeric(12, 3) DEFAULT '1' NOT NULL,
	"minimum" numeric(14, 3) DEFAULT '10' NOT NULL,
	"allergens" text[] DEFAULT '{}'::text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ingredients_name_unique" UNIQUE("name"),
	CONSTRAINT "ingredients_unit" CHECK ("unit" in ('kg', 'g', 'l', 'ml', 'pcs', 'cups')),
	CONSTRAINT "ingredients_unit_price" CHECK ("ingredients"."unit_price" >= 0),
	CONSTRAINT "ingredients_pack_size" CHECK ("ingredients"."pack_size" > 0),
	CONSTRAINT "ingredients_minimum" CHECK ("ingredients"."minimum" >= 0),
	CONSTRAINT "ingredients_allergens" CHECK ("ingredients"."allergens" <@ array['gluten', 'crustaceans', 'eggs', 'fish', 'peanuts', 'soybeans', 'milk', 'nuts', 'celery', 'mustard', 'sesame', 'sulphites', 'lupin', 'molluscs']::text[])
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "categories_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(100) NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"sort_order" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "categories_name_unique" UNIQUE("name"),
	CONSTRAINT "categories_sort_order" CHECK ("categories"."sort_order" >= 0)
);
--> statement-breakpoint
CREATE TABLE "menu_items" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "menu_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"description" text NOT NULL,
	"price" integer NOT NULL,
	"category_id" integer NOT NULL,
	"preparation_time" integer NOT NULL,
	"calories" integer,
	"is_available" boolean DEFAULT true NOT NULL,
	"is_featured" boolean DEFAULT false NOT NULL,
	"station" text NOT NULL,
	"recipe_id" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "menu_items_price" CHECK ("menu_items"."price" >= 0),
	CONSTRAINT "menu_items_preparation_time" CHECK ("menu_items"."preparation_time" >= 0),
	CONSTRAINT "menu_items_calories" CHECK ("menu_items"."calories" >= 0),
	CONSTRAINT "menu_items_station" CHECK ("station" in ('grill', 'fry', 'saute', 'pasta', 'pizza', 'cold', 'pastry', 'bar'))
);
--> statement-breakpoint
CREATE TABLE "menu_overrides" (
	"restaurant_id" integer NOT NULL,
	"menu_item_id" integer NOT NULL,
	"price" integer,
	"is_available" boolean,
	"eighty_six_until" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "menu_overrides_restaurant_id_menu_item_id_pk" PRIMARY KEY("restaurant_id","menu_item_id"),
	CONSTRAINT "menu_overrides_price" CHECK ("menu_overrides"."price" >= 0)
);
--> statement-breakpoint
CREATE TABLE "chain_popularity" (
	"menu_item_id" integer PRIMARY KEY NOT NULL,
	"units" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "daily_item_sales" (
	"restaurant_id" integer NOT NULL,
	"business_date" date NOT NULL,
	"menu_item_id" integer NOT NULL,
	"units" integer NOT NULL,
	"revenue" bigint NOT NULL,
	CONSTRAINT "daily_item_sales_restaurant_id_business_date_menu_item_id_pk" PRIMARY KEY("restaurant_id","business_date","menu_item_id"),
	CONSTRAINT "daily_item_sales_units" CHECK ("daily_item_sales"."units" > 0)
);
--> statement-breakpoint
CREATE TABLE "daily_kitchen_metrics" (
	"restaurant_id" integer NOT NULL,
	"business_date" date NOT NULL,
	"orders_completed" integer DEFAULT 0 NOT NULL,
	"orders_cancelled" integer DEFAULT 0 NOT NULL,
	"average_prep_time" numeric(7, 2),
	"median_prep_time" numeric(7, 2),
	"p90_prep_time" numeric(7, 2),
	"revenue" bigint DEFAULT 0 NOT NULL,
	"peak_hour_start" time,
	"peak_hour_end" time,
	"orders_by_hour" integer[] NOT NULL,
	"prep_minutes_histogram" integer[] NOT NULL,
	"computed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "daily_kitchen_metrics_restaurant_id_business_date_pk" PRIMARY KEY("restaurant_id","business_date"),
	CONSTRAINT "daily_kitchen_metrics_counts" CHECK ("daily_kitchen_metrics"."orders_completed" >= 0 and "daily_kitchen_metrics"."orders_cancelled" >= 0),
	CONSTRAINT "daily_kitchen_metrics_hours" CHECK (cardinality("daily_kitchen_metrics"."orders_by_hour") = 24)
);
--> statement-breakpoint
CREATE TABLE "item_popularity" (
	"restaurant_id" integer NOT NULL,
	"menu_item_id" integer NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "item_popularity_restaurant_id_menu_item_id_pk" PRIMARY KEY("restaurant_id","menu_item_id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "customers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"phone" varchar(20),
	"email" varchar(254),
	"anonymised_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kitchen_feed" (
	"restaurant_id" integer PRIMARY KEY NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_events" (
	"restaurant_id" integer NOT NULL,
	"seq" bigint NOT NULL,
	"n" smallint DEFAULT 0 NOT NULL,
	"order_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"user_id" integer,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"details" jsonb,
	CONSTRAINT "order_events_restaurant_id_seq_n_pk" PRIMARY KEY("restaurant_id","seq","n"),
	CONSTRAINT "order_events_kind" CHECK ("kind" in ('placed', 'confirmed', 'preparing', 'ready', 'delivered', 'cancelled', 'recalled', 'changed', 'item_status')),
	CONSTRAINT "order_events_to_status" CHECK ("to_status" in ('pending', 'confirmed', 'preparing', 'ready', 'delivered', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "order_items" (
	"restaurant_id" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"line" smallint NOT NULL,
	"menu_item_id" integer NOT NULL,
	"name" varchar(200) NOT NULL,
	"quantity" integer DEFAULT 1 NOT NULL,
	"unit_price" integer NOT NULL,
	"subtotal" integer GENERATED ALWAYS AS (quantity * unit_price) STORED NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"special_requests" text DEFAULT '' NOT NULL,
	CONSTRAINT "order_items_restaurant_id_order_id_line_pk" PRIMARY KEY("restaurant_id","order_id","line"),
	CONSTRAINT "order_items_line" CHECK ("order_items"."line" > 0),
	CONSTRAINT "order_items_quantity" CHECK ("order_items"."quantity" > 0),
	CONSTRAINT "order_items_unit_price" CHECK ("order_items"."unit_price" >= 0),
	CONSTRAINT "order_items_status" CHECK ("status" in ('waiting', 'cooking', 'done'))
);
--> statement-breakpoint
CREATE TABLE "order_requests" (
	"restaurant_id" integer NOT NULL,
	"idempotency_key" varchar(200) NOT NULL,
	"body_hash" varchar(64) NOT NULL,
	"order_id" uuid NOT NULL,
	"response" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_requests_restaurant_id_idempotency_key_pk" PRIMARY KEY("restaurant_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"order_number" varchar(20) NOT NULL,
	"business_date" date NOT NULL,
	"call_number" integer NOT NULL,
	"customer_id" bigint,
	"status" text DEFAULT 'pending' NOT NULL,
	"channel" text NOT NULL,
	"place_or_name" varchar(80) DEFAULT '' NOT NULL,
	"total" integer NOT NULL,
	"special_instructions" text DEFAULT '' NOT NULL,
	"estimated_delivery" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"preparing_at" timestamp with time zone,
	"ready_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "orders_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "orders_number" UNIQUE("restaurant_id","order_number"),
	CONSTRAINT "orders_call_number" UNIQUE("restaurant_id","business_date","call_number"),
	CONSTRAINT "orders_status" CHECK ("status" in ('pending', 'confirmed', 'preparing', 'ready', 'delivered', 'cancelled')),
	CONSTRAINT "orders_channel" CHECK ("channel" in ('dine_in', 'takeaway', 'delivery')),
	CONSTRAINT "orders_total" CHECK ("orders"."total" >= 0),
	CONSTRAINT "orders_number_form" CHECK ("orders"."order_number" ~ '^ORD[0-9]{8}[0-9A-Z]{8}$'),
	CONSTRAINT "orders_status_times" CHECK (case "orders"."status"
        when 'pending' then num_nonnulls("orders"."confirmed_at", "orders"."preparing_at", "orders"."ready_at", "orders"."delivered_at", "orders"."cancelled_at") = 0
        when 'confirmed' then "orders"."confirmed_at" is not null and num_nonnulls("orders"."preparing_at", "orders"."ready_at", "orders"."delivered_at", "orders"."cancelled_at") = 0
        when 'preparing' then num_nulls("orders"."confirmed_at", "orders"."preparing_at") = 0 and num_nonnulls("orders"."ready_at", "orders"."delivered_at", "orders"."cancelled_at") = 0
        when 'ready' then num_nulls("orders"."confirmed_at", "orders"."preparing_at", "orders"."ready_at") = 0 and num_nonnulls("orders"."delivered_at", "orders"."cancelled_at") = 0
        when 'delivered' then num_nulls("orders"."confirmed_at", "orders"."preparing_at", "orders"."ready_at", "orders"."delivered_at") = 0 and "orders"."cancelled_at" is null
        else "orders"."cancelled_at" is not null and "orders"."delivered_at" is null end)
);
--> statement-breakpoint
CREATE TABLE "chefs" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "chefs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"experience_years" smallint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chefs_experience" CHECK ("chefs"."experience_years" between 0 and 80)
);
--> statement-breakpoint
CREATE TABLE "recipe_ingredients" (
	"recipe_id" integer NOT NULL,
	"ingredient_id" integer NOT NULL,
	"quantity" numeric(12, 3) NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"position" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "recipe_ingredients_recipe_id_ingredient_id_pk" PRIMARY KEY("recipe_id","ingredient_id"),
	CONSTRAINT "recipe_ingredients_quantity" CHECK ("recipe_ingredients"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "recipes" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recipes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"cuisine" varchar(100) NOT NULL,
	"difficulty" smallint NOT NULL,
	"prep_time" integer NOT NULL,
	"chef_id" integer NOT NULL,
	"calories" integer,
	"ingredient_ids" integer[] DEFAULT '{}'::integer[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recipes_difficulty" CHECK ("recipes"."difficulty" between 1 and 3),
	CONSTRAINT "recipes_prep_time" CHECK ("recipes"."prep_time" between 0 and 10080),
	CONSTRAINT "recipes_calories" CHECK ("recipes"."calories" >= 0)
);
--> statement-breakpoint
CREATE TABLE "restaurants" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "restaurants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"slug" varchar(80) NOT NULL,
	"address" text NOT NULL,
	"phone" varchar(20) NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"opening_time" time NOT NULL,
	"closing_time" time NOT NULL,
	"time_zone" text NOT NULL,
	"day_cutoff" time DEFAULT '04:00' NOT NULL,
	"stock_policy" text DEFAULT 'warn' NOT NULL,
	"auto_confirm" boolean DEFAULT true NOT NULL,
	"amber_minutes" smallint DEFAULT 5 NOT NULL,
	"red_minutes" smallint DEFAULT 10 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "restaurants_slug_unique" UNIQUE("slug"),
	CONSTRAINT "restaurants_slug_form" CHECK ("restaurants"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and "restaurants"."slug" <> 'alerts'),
	CONSTRAINT "restaurants_stock_policy" CHECK ("stock_policy" in ('warn', 'refuse')),
	CONSTRAINT "restaurants_age_thresholds" CHECK ("restaurants"."amber_minutes" > 0 and "restaurants"."red_minutes" > "restaurants"."amber_minutes")
);
--> statement-breakpoint
CREATE TABLE "stock_levels" (
	"restaurant_id" integer NOT NULL,
	"ingredient_id" integer NOT NULL,
	"on_hand" numeric(14, 3) DEFAULT '0' NOT NULL,
	"minimum" numeric(14, 3) DEFAULT '10' NOT NULL,
	"par" numeric(14, 3) NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_levels_restaurant_id_ingredient_id_pk" PRIMARY KEY("restaurant_id","ingredient_id"),
	CONSTRAINT "stock_levels_minimum" CHECK ("stock_levels"."minimum" >= 0),
	CONSTRAINT "stock_levels_par" CHECK ("stock_levels"."par" >= "stock_levels"."minimum")
);
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"ingredient_id" integer NOT NULL,
	"kind" text NOT NULL,
	"quantity" numeric(14, 3) NOT NULL,
	"order_id" uuid,
	"user_id" integer,
	"note" text DEFAULT '' NOT NULL,
	"business_date" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stock_movements_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "stock_movements_kind" CHECK ("kind" in ('received', 'consumed', 'reversed', 'waste', 'count', 'transfer')),
	CONSTRAINT "stock_movements_sign" CHECK (case "stock_movements"."kind" when 'received' then "stock_movements"."quantity" > 0 when 'reversed' then "stock_movements"."quantity" > 0
        when 'consumed' then "stock_movements"."quantity" < 0 when 'waste' then "stock_movements"."quantity" < 0 else true end)
);
--> statement-breakpoint
CREATE TABLE "suppliers" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "suppliers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"contact_person" varchar(100) NOT NULL,
	"phone" varchar(20) NOT NULL,
	"email" varchar(254) NOT NULL,
	"address" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"rating" smallint DEFAULT 5 NOT NULL,
	"lead_time_days" smallint DEFAULT 2 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "suppliers_name_unique" UNIQUE("name"),
	CONSTRAINT "suppliers_rating" CHECK ("suppliers"."rating" between 1 and 5),
	CONSTRAINT "suppliers_lead_time" CHECK ("suppliers"."lead_time_days" between 0 and 60)
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"restaurant_id" integer NOT NULL,
	"key_hash" varchar(64) NOT NULL,
	"name" varchar(100) NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_keys_restaurant_id_key_hash_pk" PRIMARY KEY("restaurant_id","key_hash")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"restaurant_id" integer NOT NULL,
	"user_id" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_restaurant_id_user_id_pk" PRIMARY KEY("restaurant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rate_limits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"token" varchar(128) NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"email" varchar(254) PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_started_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(200) NOT NULL,
	"email" varchar(254) NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'kitchen' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_role" CHECK ("role" in ('admin', 'manager', 'kitchen')),
	CONSTRAINT "users_email_lower" CHECK ("users"."email" = lower("users"."email"))
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "verifications_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ingredients" ADD CONSTRAINT "ingredients_supplier_id_suppliers_id_fk" FOREIGN KEY ("supplier_id") REFERENCES "public"."suppliers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "menu_items" ADD CONSTRAINT "menu_items_category_id_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "menu_items" ADD CONSTRAINT "menu_items_recipe_id_recipes_id_fk" FOREIGN KEY ("recipe_id") REFERENCES "public"."recipes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "menu_overrides" ADD CONSTRAINT "menu_overrides_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "menu_overrides" ADD CONSTRAINT "menu_overrides_menu_item_id_menu_items_id_fk" FOREIGN KEY ("menu_item_id") REFERENCES "public"."menu_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_popularity" ADD CONSTRAINT "chain_popularity_menu_item_id_menu_items_id_fk" FOREIGN KEY ("menu_item_id") REFERENCES "public"."menu_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_item_sales" ADD CONSTRAINT "daily_item_sales_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_item_sales" ADD CONSTRAINT "daily_item_sales_menu_item_id_menu_items_id_fk" FOREIGN KEY ("menu_item_id") REFERENCES "public"."menu_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_kitchen_metrics" ADD CONSTRAINT "daily_kitchen_metrics_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_popularity" ADD CONSTRAINT "item_popularity_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_popularity" ADD CONSTRAINT "item_popularity_menu_item_id_menu_items_id_fk" FOREIGN KEY ("menu_item_id") REFERENCES "public"."menu_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kitchen_feed" ADD CONSTRAINT "kitchen_feed_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_events" ADD CONSTRAINT "order_events_order_fk" FOREIGN KEY ("restaurant_id","order_id") REFERENCES "public"."orders"("restaurant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_menu_item_id_menu_items_id_fk" FOREIGN KEY ("menu_item_id") REFERENCES "public"."menu_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_fk" FOREIGN KEY ("restaurant_id","order_id") REFERENCES "public"."orders"("restaurant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_requests" ADD CONSTRAINT "order_requests_order_fk" FOREIGN KEY ("restaurant_id","order_id") REFERENCES "public"."orders"("restaurant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipe_ingredients" ADD CONSTRAINT "recipe_ingredients_recipe_id_recipes_id_fk" FOREIGN KEY ("recipe_id") REFERENCES "public"."recipes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipe_ingredients" ADD CONSTRAINT "recipe_ingredients_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_chef_id_chefs_id_fk" FOREIGN KEY ("chef_id") REFERENCES "public"."chefs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_levels" ADD CONSTRAINT "stock_levels_ingredient_id_ingredients_id_fk" FOREIGN KEY ("ingredient_id") REFERENCES "public"."ingredients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_movements" ADD CONSTRAINT "stock_movements_level_fk" FOREIGN KEY ("restaurant_id","ingredient_id") REFERENCES "public"."stock_levels"("restaurant_id","ingredient_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ingredients_supplier" ON "ingredients" USING btree ("supplier_id","name") WHERE "ingredients"."is_active";--> statement-breakpoint
CREATE INDEX "menu_items_recipe" ON "menu_items" USING btree ("recipe_id");--> statement-breakpoint
CREATE INDEX "order_events_order" ON "order_events" USING btree ("restaurant_id","order_id","seq");--> statement-breakpoint
CREATE INDEX "order_requests_order" ON "order_requests" USING btree ("restaurant_id","order_id");--> statement-breakpoint
CREATE INDEX "orders_open" ON "orders" USING btree ("restaurant_id","id") WHERE "orders"."status" in ('pending', 'confirmed', 'preparing', 'ready');--> statement-breakpoint
CREATE INDEX "recipe_ingredients_ingredient" ON "recipe_ingredients" USING btree ("ingredient_id","recipe_id");--> statement-breakpoint
CREATE INDEX "recipes_cuisine_prep" ON "recipes" USING btree ("cuisine","prep_time","id");--> statement-breakpoint
CREATE INDEX "recipes_quick" ON "recipes" USING btree ("prep_time","id") WHERE "recipes"."prep_time" < 30;--> statement-breakpoint
CREATE INDEX "recipes_chef" ON "recipes" USING btree ("chef_id","id");--> statement-breakpoint
CREATE INDEX "recipes_name_trigrams" ON "recipes" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "recipes_ingredient_ids" ON "recipes" USING gin ("ingredient_ids");--> statement-breakpoint
CREATE INDEX "stock_levels_low" ON "stock_levels" USING btree ("restaurant_id","ingredient_id") WHERE "stock_levels"."on_hand" <= "stock_levels"."minimum";--> statement-breakpoint
CREATE INDEX "stock_movements_ingredient" ON "stock_movements" USING btree ("restaurant_id","ingredient_id","id");--> statement-breakpoint
CREATE INDEX "stock_movements_order" ON "stock_movements" USING btree ("restaurant_id","order_id") WHERE "stock_movements"."order_id" is not null;--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id","restaurant_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");