import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { MIGRATION_LOCK } from '@/db/migrate/migration-lock'
import type { OperatorScope } from '@/domain/scope'

export type BackfillStatus = {
  name: string
  table: string
  /** Rows that were gone through, and the planner's estimate of the table's when it began. */
  rowsDone: number
  rowsExpected: number
  batches: number
  batchSize: number
  batchMs: number | null
  startedAt: Date
  batchAt: Date | null
  finishedAt: Date | null
  pausedAt: Date | null
  pausedBy: string | null
  /** What it makes way for just now, in words. */
  asideFor: string | null
}

const BACKFILLS_LISTED = 50

/** Every backfill that has begun, those under way first, then the latest; none where no migration had one yet. */
export async function listBackfills(db: Db, _scope: OperatorScope): Promise<BackfillStatus[]> {
  if (!(await mayRead(db, 'backfills'))) return []
  const rows = await db.execute<
    Record<'startedAt' | 'batchAt' | 'finishedAt' | 'pausedAt', string | null>
  >(sql`
    select name, table_name as "table", rows_done::float8 as "rowsDone", rows_expected::float8 as "rowsExpected",
      batches::float8 as batches, batch_size as "batchSize", batch_ms as "batchMs", paused_by as "pausedBy",
      aside_for as "asideFor", to_json(started_at) #>> '{}' as "startedAt", to_json(batch_at) #>> '{}' as "batchAt",
      to_json(finished_at) #>> '{}' as "finishedAt", to_json(paused_at) #>> '{}' as "pausedAt"
    from brigade_migrations.backfills
    order by finished_at is not null, started_at desc, name limit ${BACKFILLS_LISTED}`)
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return rows.map((row) => ({
    ...(row as unknown as BackfillStatus),
    startedAt: new Date(row.startedAt ?? 0),
    batchAt: date(row.batchAt),
    finishedAt: date(row.finishedAt),
    pausedAt: date(row.pausedAt),
  }))
}

export type AppliedMigrations = { names: string[]; lastAt: Date | null }

/** What the database says has been applied, in the order in which it was; none where the role may not read that. */
export async function listApplied(db: Db, _scope: OperatorScope): Promise<AppliedMigrations> {
  if (!(await mayRead(db, 'ledger'))) return { names: [], lastAt: null }
  const rows = await db.execute<{ name: string; at: string }>(sql`
    select name, to_json(applied_at) #>> '{}' as at from brigade_migrations.ledger order by applied_at, name`)
  const last = rows.at(-1)
  return { names: rows.map(({ name }) => name), lastAt: last ? new Date(last.at) : null }
}

/** The migrator at work on this database, by the lock that it holds; null when there is none. */
export async function findMigrator(
  db: Db,
  _scope: OperatorScope,
): Promise<{ pid: number; name: string; seconds: number } | null> {
  const [first, second] = MIGRATION_LOCK
  const [row] = await db.execute<{ pid: number; name: string; seconds: number }>(sql`
    select pid, application_name as name, coalesce(extract(epoch from now() - backend_start), 0)::int as seconds
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and classid = ${first}::int::oid and objid = ${second}::int::oid and objsubid = 2
      and granted and database = (select oid from pg_database where datname = current_database())`)
  return row ?? null
}

/** Whether a table of the runner's is there for this role; the role that serves pages may be another one. */
async function mayRead(db: Db, table: 'ledger' | 'backfills'): Promise<boolean> {
  const [found] = await db.execute(sql`
    select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'brigade_migrations' and relname = ${table}
      and has_schema_privilege(pg_namespace.oid, 'usage') and has_table_privilege(pg_class.oid, 'select')`)
  return found !== undefined
}
