-- transactional
-- phase: expand
CREATE TABLE "device_pairings" (
	"secret_hash" varchar(64) PRIMARY KEY NOT NULL,
	"code" varchar(8) NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"restaurant_id" integer,
	"device_id" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_pairings_code" UNIQUE("code"),
	CONSTRAINT "device_pairings_code_form" CHECK ("device_pairings"."code" ~ '^[0-9A-Z]{8}$')
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"restaurant_id" integer NOT NULL,
	"id" integer GENERATED ALWAYS AS IDENTITY (sequence name "devices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" varchar(80) NOT NULL,
	"secret_hash" varchar(64) NOT NULL,
	"approved_by" integer NOT NULL,
	"last_seen_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "devices_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id"),
	CONSTRAINT "devices_name" CHECK ("devices"."name" <> '')
);
--> statement-breakpoint
CREATE TABLE "wall_moves" (
	"restaurant_id" integer NOT NULL,
	"id" uuid NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wall_moves_restaurant_id_id_pk" PRIMARY KEY("restaurant_id","id")
);
--> statement-breakpoint
CREATE TABLE "recipe_components" (
	"recipe_id" integer NOT NULL,
	"name" varchar(100) NOT NULL,
	"quantity" numeric(12, 3) NOT NULL,
	"unit" text NOT NULL,
	CONSTRAINT "recipe_components_recipe_id_name_pk" PRIMARY KEY("recipe_id","name"),
	CONSTRAINT "recipe_components_quantity" CHECK ("recipe_components"."quantity" > 0),
	CONSTRAINT "recipe_components_unit" CHECK ("unit" in ('kg', 'g', 'l', 'ml', 'pcs', 'cups'))
);
--> statement-breakpoint
CREATE TABLE "age_thresholds" (
	"restaurant_id" integer NOT NULL,
	"channel" text NOT NULL,
	"amber_minutes" smallint NOT NULL,
	"red_minutes" smallint NOT NULL,
	CONSTRAINT "age_thresholds_restaurant_id_channel_pk" PRIMARY KEY("restaurant_id","channel"),
	CONSTRAINT "age_thresholds_channel" CHECK ("channel" in ('dine_in', 'takeaway', 'delivery')),
	CONSTRAINT "age_thresholds_order" CHECK ("age_thresholds"."amber_minutes" > 0 and "age_thresholds"."red_minutes" > "age_thresholds"."amber_minutes")
);
--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_approved_by_users_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wall_moves" ADD CONSTRAINT "wall_moves_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "recipe_components" ADD CONSTRAINT "recipe_components_recipe_id_recipes_id_fk" FOREIGN KEY ("recipe_id") REFERENCES "public"."recipes"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "age_thresholds" ADD CONSTRAINT "age_thresholds_restaurant_id_restaurants_id_fk" FOREIGN KEY ("restaurant_id") REFERENCES "public"."restaurants"("id") ON DELETE no action ON UPDATE no action;
