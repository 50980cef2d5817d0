import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { countedSince } from '@/db/fragments/counted-since'
import { milliseconds } from '@/db/fragments/milliseconds'
import type { OperatorScope } from '@/domain/scope'

const LISTED = 20

/** Bytes; rows as the server estimates them; instants in milliseconds since 1970. What is counted is so since `since`. */
export type TableHealth = {
  name: string
  /** With its indexes and whatever is stored beside it. */
  bytes: number
  indexBytes: number
  rows: number
  /** Rows that were deleted or replaced, and are not cleaned away yet; autovacuum comes at `vacuumAt` of them. */
  deadRows: number
  vacuumAt: number
  vacuumedAt: number | null
  analyzedAt: number | null
  /** How often it was read from end to end, and how many rows that were. */
  scans: number
  scannedRows: number
  indexScans: number
  /** Rows added less those deleted. */
  grownRows: number
}

export type TablesHealth = { since: number; tables: TableHealth[] }

/** The largest tables, at most twenty: what they take, how they are read, and whether they are kept clean. */
export async function listTables(db: Db, _scope: OperatorScope): Promise<TablesHealth> {
  const [counted] = await db.execute<{ since: number }>(sql`select ${countedSince} as since`)
  const tables = await db.execute<TableHealth>(sql`
    with settings as (
      select current_setting('autovacuum_vacuum_threshold')::float8 as least,
        current_setting('autovacuum_vacuum_scale_factor')::float8 as share
    )
    select s.relid::regclass::text as name, pg_total_relation_size(s.relid)::float8 as bytes,
      pg_indexes_size(s.relid)::float8 as "indexBytes", greatest(c.reltuples, s.n_live_tup, 0)::float8 as rows,
      s.n_dead_tup::float8 as "deadRows",
      coalesce(own.least, settings.least) + coalesce(own.share, settings.share) * greatest(c.reltuples, 0) as "vacuumAt",
      ${milliseconds(sql`greatest(s.last_vacuum, s.last_autovacuum)`)} as "vacuumedAt",
      ${milliseconds(sql`greatest(s.last_analyze, s.last_autoanalyze)`)} as "analyzedAt",
      s.seq_scan::float8 as scans, s.seq_tup_read::float8 as "scannedRows", coalesce(s.idx_scan, 0)::float8 as "indexScans",
      (s.n_tup_ins - s.n_tup_del)::float8 as "grownRows"
    from pg_stat_user_tables s
    join pg_class c on c.oid = s.relid
    cross join settings
    cross join lateral (
      select max(option_value) filter (where option_name = 'autovacuum_vacuum_threshold')::float8 as least,
        max(option_value) filter (where option_name = 'autovacuum_vacuum_scale_factor')::float8 as share
      from pg_options_to_table(c.reloptions)
    ) own
    order by bytes desc, name limit ${LISTED}`)
  return { since: counted?.since ?? 0, tables: [...tables] }
}
