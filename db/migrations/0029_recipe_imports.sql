-- transactional
-- phase: expand
CREATE TABLE "recipe_imports" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recipe_imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"content_hash" varchar(64) NOT NULL,
	"source" varchar(100) NOT NULL,
	"file_name" text NOT NULL,
	"last_row" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"new_chefs" integer DEFAULT 0 NOT NULL,
	"new_ingredients" integer DEFAULT 0 NOT NULL,
	"reject_bytes" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "recipe_imports_file" UNIQUE("content_hash","source")
);
--> statement-breakpoint
ALTER TABLE "recipes" ADD COLUMN "import_key" uuid;--> statement-breakpoint
ALTER TABLE "recipes" ADD COLUMN "import_hash" uuid;--> statement-breakpoint
ALTER TABLE "recipes" ADD COLUMN "import_id" integer;--> statement-breakpoint
ALTER TABLE "recipes" ADD COLUMN "import_row" integer;
