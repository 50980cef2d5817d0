import { sql } from 'drizzle-orm'
import type { Difference, JobName, JobStanding, RunResult } from '@/domain/housekeeping'
import { JOB_NAMES } from '@/domain/housekeeping'
import type { OperatorScope } from '@/domain/scope'
import type { Db } from '../client'

export type JobRun = {
  startedAt: Date
  /** How long it took, or of one that is running has taken so far. */
  seconds: number
  result: RunResult
  rows: number
  /** What it came to, in a sentence. */
  note: string
  error: string | null
  differences: Difference[]
}

export type JobState = JobStanding & {
  name: JobName
  /** The last run, also one that is under way; null: it never ran. */
  last: JobRun | null
  /** By the database's clock, milliseconds that its successful runs took at the median of the last twenty. */
  usualMs: number | null
}

type Row = {
  name: JobName
  okAt: string | null
  failures: number
  failedAt: string | null
  usualMs: number | null
  last: (Omit<JobRun, 'startedAt'> & { startedAt: string }) | null
}

/** Every job of housekeeping with how it stands, in the order in which jobs run. Two looks into the key for each. */
export async function listJobs(db: Db, _scope: OperatorScope): Promise<JobState[]> {
  const rows = await db.execute<Row>(sql`
    select j.name, to_json(ok.started_at) #>> '{}' as "okAt", failed.failures, to_json(failed.at) #>> '{}' as "failedAt",
      usual.ms as "usualMs", to_json(last.*) as last
    from json_array_elements_text(${JSON.stringify(JOB_NAMES)}::text::json) with ordinality as j (name, place)
    left join lateral (
      select id, started_at from housekeeping_runs r
      where r.job = j.name and result in ('done', 'differs') order by id desc limit 1
    ) ok on true
    left join lateral (
      select started_at as "startedAt", extract(epoch from coalesce(finished_at, now()) - started_at)::float8 as seconds,
        result, rows, note, error, differences
      from housekeeping_runs r where r.job = j.name order by id desc limit 1
    ) last on true
    cross join lateral (
      select count(*)::int as failures, max(finished_at) as at from housekeeping_runs r
      where r.job = j.name and r.id > coalesce(ok.id, 0) and result in ('failed', 'interrupted')
    ) failed
    cross join lateral (
      select (percentile_cont(0.5) within group (order by ms))::float8 as ms
      from (
        select extract(epoch from finished_at - started_at) * 1000 as ms from housekeeping_runs r
        where r.job = j.name and result in ('done', 'differs') order by id desc limit 20
      ) runs
    ) usual
    order by j.place`)
  const date = (text: string | null) => (text === null ? null : new Date(text))
  return rows.map(({ last, okAt, failedAt, ...row }) => ({
    ...row,
    okAt: date(okAt),
    failedAt: date(failedAt),
    last: last && { ...last, startedAt: new Date(last.startedAt) },
  }))
}
