-- transactional
-- phase: expand
CREATE TABLE "chain_kitchen_months" (
	"month" date NOT NULL,
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
	CONSTRAINT "chain_kitchen_months_dimension_month_part_pk" PRIMARY KEY("dimension","month","part"),
	CONSTRAINT "chain_kitchen_months_dimension" CHECK ("dimension" in ('day', 'channel', 'station', 'hour'))
);
