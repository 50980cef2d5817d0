-- transactional
-- phase: expand
CREATE UNLOGGED TABLE "api_rates" (
	"restaurant_id" integer NOT NULL,
	"key_hash" varchar(64) NOT NULL,
	"restored_at" timestamp with time zone NOT NULL,
	CONSTRAINT "api_rates_restaurant_id_key_hash_pk" PRIMARY KEY("restaurant_id","key_hash")
);
