import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { milliseconds } from '@/db/fragments/milliseconds'
import type { OperatorScope } from '@/domain/scope'

const LISTED = 20
/** Some are written by programs, without end. */
const TEXT_LENGTH = 20_000

/** What one statement (its text is cut at 20,000 characters), whatever its values, cost since `since`; milliseconds. */
export type StatementFigures = {
  /** `queryid`, a bigint, as text. */
  id: string
  text: string
  calls: number
  totalMs: number
  meanMs: number
  longestMs: number
  rowsPerCall: number
  /** Of the 8 kB pages that it touched those that were in memory, from 0 to 1; null where it touched none. */
  hitShare: number | null
}

/**
 * `missing`: the extension isn't installed in this database; `not_loaded`: it is, but the server was started without
 * its library, so nothing is counted.
 */
export type SlowestStatements =
  | { ok: false; reason: 'missing' | 'not_loaded' }
  | {
      ok: true
      /** Milliseconds since 1970. */
      since: number
      /** Of all statements of this database. */
      totalMs: number
      /** Statements of other roles, whose text this role may not see. */
      hidden: number
      statements: StatementFigures[]
    }

/** The statements that took the most time in all, at most twenty, from `pg_stat_statements`. */
export async function listSlowestStatements(db: Db, _scope: OperatorScope): Promise<SlowestStatements> {
  const source = await sourceOf(db)
  if (!source.ok) return source
  const { counted, info } = source
  const [all] = await db.execute<{ since: number; totalMs: number; hidden: number }>(sql`
    select ${milliseconds(sql`(select stats_reset from ${info})`)} as since,
      coalesce(sum(total_exec_time), 0)::float8 as "totalMs",
      count(*) filter (where queryid is null)::int as hidden
    from ${counted} where dbid = (select oid from pg_database where datname = current_database())`)
  const statements = await db.execute<StatementFigures>(sql`
    ${figuresFrom(counted)} group by queryid order by sum(total_exec_time) desc, queryid limit ${LISTED}`)
  return { ok: true, since: 0, totalMs: 0, hidden: 0, ...all, statements: [...statements] }
}

/** One statement by its id; null where there is none (any more). */
export async function findStatement(
  db: Db,
  _scope: OperatorScope,
  { id }: { id: string },
): Promise<StatementFigures | null> {
  const source = await sourceOf(db)
  if (!source.ok) return null
  const [found] = await db.execute<StatementFigures>(sql`
    ${figuresFrom(source.counted)} and queryid = ${id}::bigint group by queryid`)
  return found ?? null
}

const figuresFrom = (counted: SQL): SQL => sql`
  select queryid::text as id, left(min(query), ${TEXT_LENGTH}::int) as text, sum(calls)::float8 as calls,
    sum(total_exec_time)::float8 as "totalMs",
    (sum(total_exec_time) / greatest(sum(calls), 1))::float8 as "meanMs",
    max(max_exec_time)::float8 as "longestMs",
    (sum(rows) / greatest(sum(calls), 1))::float8 as "rowsPerCall",
    (sum(shared_blks_hit) / nullif(sum(shared_blks_hit + shared_blks_read), 0))::float8 as "hitShare"
  from ${counted}
  where dbid = (select oid from pg_database where datname = current_database()) and queryid is not null`

type Source = { ok: true; counted: SQL; info: SQL } | { ok: false; reason: 'missing' | 'not_loaded' }

/** The extension's views, in whatever schema they are. */
async function sourceOf(db: Db): Promise<Source> {
  const [found] = await db.execute<{ schema: string; isLoaded: boolean }>(sql`
    select nspname as schema,
      -- Its settings are known where its library is loaded; the list of libraries only superusers may read.
      current_setting('pg_stat_statements.max', true) is not null as "isLoaded"
    from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'pg_stat_statements'`)
  if (!found) return { ok: false, reason: 'missing' }
  if (!found.isLoaded) return { ok: false, reason: 'not_loaded' }
  const view = (name: string) => sql`${sql.identifier(found.schema)}.${sql.identifier(name)}`
  return { ok: true, counted: view('pg_stat_statements'), info: view('pg_stat_statements_info') }
}
