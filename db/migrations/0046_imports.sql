-- transactional
-- phase: expand
CREATE TABLE "import_rows" (
	"import_id" integer NOT NULL,
	"row" integer NOT NULL,
	"verdict" text NOT NULL,
	"name" text NOT NULL,
	"thing" text,
	"subject_id" integer,
	"before" jsonb,
	"after" jsonb,
	"reason" text,
	"cells" text[] NOT NULL,
	CONSTRAINT "import_rows_import_id_row_pk" PRIMARY KEY("import_id","row"),
	CONSTRAINT "import_rows_verdicts" CHECK ("verdict" in ('added', 'changed', 'same', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"content_hash" text NOT NULL,
	"state" text DEFAULT 'checking' NOT NULL,
	"problem" text,
	"header" text[] DEFAULT '{}'::text[] NOT NULL,
	"checked_row" integer DEFAULT 0 NOT NULL,
	"taken_row" integer DEFAULT 0 NOT NULL,
	"added" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"same" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"taken_added" integer DEFAULT 0 NOT NULL,
	"taken_changed" integer DEFAULT 0 NOT NULL,
	"publication_id" integer,
	"created_by" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "imports_kind" CHECK ("kind" in ('menu_item', 'ingredient', 'supplier', 'recipe')),
	CONSTRAINT "imports_state" CHECK ("state" in ('checking', 'checked', 'taking', 'taken', 'unreadable'))
);
--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "import_rows_thing" ON "import_rows" USING btree ("import_id","thing") WHERE "import_rows"."thing" is not null;--> statement-breakpoint
CREATE INDEX "import_rows_verdict" ON "import_rows" USING btree ("import_id","verdict","row");