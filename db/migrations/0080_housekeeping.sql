-- transactional
-- phase: expand
CREATE TABLE "housekeeping_runs" (
	"job" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "housekeeping_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"result" text DEFAULT 'running' NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"error" text,
	"differences" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "housekeeping_runs_job_id_pk" PRIMARY KEY("job","id"),
	CONSTRAINT "housekeeping_runs_result" CHECK ("result" in ('running', 'done', 'differs', 'failed', 'interrupted')),
	CONSTRAINT "housekeeping_runs_finished" CHECK (("housekeeping_runs"."result" = 'running') = ("housekeeping_runs"."finished_at" is null))
);
