import { sql } from 'drizzle-orm'
import type { JobName, RunResult } from '@/domain/housekeeping'
import { type Db, postgresCause } from '../../client'
import type { JobOutcome } from './job'

/** Differences kept of one run: enough to begin looking. */
const MOST_DIFFERENCES = 50
const LONGEST_ERROR = 1000

/** By the database's clock, since runs are recorded by it and machines disagree. */
export async function databaseNow(db: Db): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`select to_json(clock_timestamp()) #>> '{}' as now`)
  return new Date(row?.now ?? 0)
}

/** Of runs that are still called running there is none: whoever has the leader's lock is the only one. */
export async function markInterrupted(db: Db): Promise<void> {
  await db.execute(sql`
    update housekeeping_runs set result = 'interrupted', finished_at = now(),
      error = 'It ended before it was done: its process was stopped or lost the database.'
    where result = 'running'`)
}

export async function beginRun(db: Db, job: JobName): Promise<number> {
  const [row] = await db.execute<{ id: number }>(sql`
    insert into housekeeping_runs (job) values (${job}) returning id::float8 as id`)
  if (!row) throw new Error('An insert returned no row.')
  return row.id
}

export type Ended = { result: Exclude<RunResult, 'running'>; outcome: JobOutcome; error: string | null }

export async function endRun(
  db: Db,
  job: JobName,
  id: number,
  { result, outcome, error }: Ended,
): Promise<void> {
  const differences = JSON.stringify((outcome.differences ?? []).slice(0, MOST_DIFFERENCES))
  await db.execute(sql`
    update housekeeping_runs set finished_at = clock_timestamp(), result = ${result}, rows = ${outcome.rows}::bigint,
      note = ${outcome.note}, error = ${error}, differences = ${differences}::text::jsonb
    where job = ${job} and id = ${id}::bigint and result = 'running'`)
}

/** What went wrong, for an operator: PostgreSQL's own words where it was asked something, and the statement's beginning. */
export function errorInWords(error: unknown): string {
  const messages: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause) messages.unshift(cause.message)
  const code = postgresCause(error)?.code
  const text = messages.map((message) => message.replace(/\s+/g, ' ').slice(0, 300)).join(' · ')
  return `${code ? `${code}: ` : ''}${text || String(error)}`.slice(0, LONGEST_ERROR)
}
