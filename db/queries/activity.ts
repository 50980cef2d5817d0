import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { howFar, INDEX_PROGRESS, type IndexProgress } from '@/db/migrate/index-progress'
import type { OperatorScope } from '@/domain/scope'

/** Longer than this in seconds, and a query or a transaction that does nothing is listed. */
export type ActivityLimits = { query: number; report: number; idle: number }
export const ACTIVITY_LIMITS: ActivityLimits = { query: 5, report: 300, idle: 1 }

/** Sessions whose queries are meant to take long: reports, jobs, commands and backups, by the names they give themselves. */
const REPORTS = '^(brigade-(report|command|jobs|import|explain|bench|seed|backup)|pg_dump)'
const LISTED = 200
const QUERY_LENGTH = 400

export type ServerSession = {
  pid: number
  /** What the session calls itself, such as "brigade"; empty when it does not. */
  name: string
  user: string | null
  /** "client backend", "autovacuum worker" and so on; null where the role may not see it. */
  kind: string | null
  /** "active", "idle in transaction" and so on. */
  state: string | null
  /** The first part of the statement that runs or ran last, on one line. */
  query: string
  /** Pids of those that hold what it waits for, or stand before it in the queue; 0 is a prepared transaction. */
  blockedBy: number[]
  /** What it waits for, such as "AccessExclusiveLock on orders" or "the end of a transaction". */
  wants: string | null
  /** Seconds: of waiting for that lock, of the statement, of the transaction, in the state. */
  waitSeconds: number | null
  querySeconds: number | null
  transactionSeconds: number | null
  stateSeconds: number | null
  /** Its statement runs longer than those of its kind should, and not because it waits for a lock. */
  isLong: boolean
  /** Its transaction is open, and it has not been heard of for longer than it should. */
  isIdleInTransaction: boolean
  /** When its transaction began, in the server's own words: tells this transaction from a later one of the process. */
  transactionId: string | null
}

/**
 * The sessions of this database that somebody may have to look at: those that wait for a lock, those that they wait for,
 * long statements, and transactions left open. Longest waiting first, at most 200.
 */
export async function listTroubledSessions(
  db: Db,
  _scope: OperatorScope,
  limits: ActivityLimits = ACTIVITY_LIMITS,
): Promise<ServerSession[]> {
  const rows = await db.execute<ServerSession>(sql`
    with sessions as materialized (
      select pid, application_name as name, usename as "user", backend_type as kind, state,
        left(regexp_replace(query, '\\s+', ' ', 'g'), ${QUERY_LENGTH}::int) as query,
        -- Asked only of those that wait: it stops all of the server's lock traffic for a moment.
        case when wait_event_type = 'Lock' then pg_blocking_pids(pid) else '{}' end as "blockedBy",
        extract(epoch from clock_timestamp() - query_start)::float8 as "querySeconds",
        extract(epoch from clock_timestamp() - xact_start)::float8 as "transactionSeconds",
        extract(epoch from clock_timestamp() - state_change)::float8 as "stateSeconds",
        xact_start::text as "transactionId"
      from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
    ), judged as (
      select *,
        coalesce(kind = 'client backend' and state = 'active' and cardinality("blockedBy") = 0
          and "querySeconds" > case when name ~ ${REPORTS} then ${limits.report}::float8 else ${limits.query}::float8 end
          and pid not in (select pid from pg_stat_progress_create_index), false) as "isLong",
        coalesce(state ^@ 'idle in transaction' and "stateSeconds" > ${limits.idle}::float8, false)
          as "isIdleInTransaction"
      from sessions
    )
    select judged.*, wanted.wants, wanted."waitSeconds"
    from judged
    left join lateral (
      select case when locktype in ('transactionid', 'virtualxid') then 'the end of a transaction'
          else concat_ws(' on ', mode, coalesce(relation::regclass::text, locktype)) end as wants,
        extract(epoch from clock_timestamp() - waitstart)::float8 as "waitSeconds"
      from pg_locks where pg_locks.pid = judged.pid and not granted order by waitstart limit 1
    ) as wanted on cardinality("blockedBy") > 0
    where cardinality("blockedBy") > 0 or "isLong" or "isIdleInTransaction"
      or pid in (select unnest("blockedBy") from sessions)
    order by wanted."waitSeconds" desc nulls last, "transactionSeconds" desc nulls last, pid
    limit ${LISTED}`)
  return [...rows]
}

/** `share` from 0 to 1 of the whole build; `text` says what the server is at. */
export type IndexBuildStatus = {
  pid: number
  table: string
  index: string | null
  share: number
  text: string
}

/** The indexes that are being built in this database. */
export async function listIndexBuilds(db: Db, _scope: OperatorScope): Promise<IndexBuildStatus[]> {
  type Row = IndexProgress & Pick<IndexBuildStatus, 'pid' | 'table' | 'index'>
  const rows = await db.execute<Row>(sql`
    select progress.pid, progress.relid::regclass::text as "table",
      (select relname from pg_class where oid = progress.index_relid) as index, ${sql.raw(INDEX_PROGRESS)}
    from pg_stat_progress_create_index as progress
    where progress.datname = current_database() order by progress.pid`)
  return rows.map((row) => {
    const { pid, table, index } = row
    return { pid, table, index, ...howFar(row) }
  })
}

export type ServerFigures = {
  version: string
  database: string
  /** Client connections to the whole server, and how many there may be. */
  connections: number
  maxConnections: number
  /** Of this database: statements that run, sessions that wait for a lock. */
  active: number
  waiting: number
  /** Age of the oldest transaction in seconds: what is dead since then can't be cleaned away. */
  oldestTransaction: number | null
  /** Indexes that an interrupted build left: each is kept up by every write and serves no query. */
  invalidIndexes: string[]
}

/** The server in figures. */
export async function getServerFigures(db: Db, _scope: OperatorScope): Promise<ServerFigures> {
  const [row] = await db.execute<ServerFigures>(sql`
    select current_setting('server_version') as version, current_database() as database,
      count(*) filter (where backend_type = 'client backend' or backend_type is null)::int as connections,
      current_setting('max_connections')::int as "maxConnections",
      count(*) filter (where state = 'active' and datname = current_database() and pid <> pg_backend_pid())::int as active,
      count(*) filter (where wait_event_type = 'Lock' and datname = current_database())::int as waiting,
      max(extract(epoch from clock_timestamp() - xact_start)) filter (
        where datname = current_database() and pid <> pg_backend_pid())::float8 as "oldestTransaction",
      array(select indexrelid::regclass::text from pg_index
        where not indisvalid and indexrelid not in (select index_relid from pg_stat_progress_create_index) order by 1)
        as "invalidIndexes"
    from pg_stat_activity`)
  if (!row) throw new Error('The server gave no figures.')
  return row
}
