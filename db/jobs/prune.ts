import { type SQL, sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** Rows in one transaction: small enough that nobody waits for it. */
const BATCH = 2000

/** A process that was away for longer drops all that it keeps instead of reading what it missed. */
export const INVALIDATIONS_KEPT_DAYS = 7

/** Deletes what became stale so long ago that every process has heard of it. Returns the rows deleted. */
export const pruneInvalidations = (db: Db, _scope: SystemScope): Promise<number> =>
  inBatches(
    db,
    (after) => sql`
    with batch as materialized (
      select id from cache_invalidations
      where id > ${after}::bigint and created_at < now() - make_interval(days => ${INVALIDATIONS_KEPT_DAYS}::int)
      order by id limit ${BATCH}::int
    ), gone as (
      delete from cache_invalidations c using batch where c.id = batch.id returning 1
    )
    select (select count(*)::int from gone) as rows, (select max(id)::float8 from batch) as last`,
  )

/**
 * Deletes runs of housekeeping that say nothing any more: after two days those that had nothing to do, after 90 all
 * others. Each job's last successful run stays. Returns the rows deleted.
 */
export const pruneRuns = (db: Db, _scope: SystemScope): Promise<number> =>
  inBatches(
    db,
    (after) => sql`
    with kept as (
      select job, max(id) as id from housekeeping_runs where result in ('done', 'differs') group by job
    ), batch as materialized (
      select r.job, r.id from housekeeping_runs r
      where r.id > ${after}::bigint and result <> 'running'
        and started_at < now() - case when result = 'done' and rows = 0 then interval '2 days' else interval '90 days' end
        and not exists (select from kept where (kept.job, kept.id) = (r.job, r.id))
      order by r.id limit ${BATCH}::int
    ), gone as (
      delete from housekeeping_runs r using batch where (r.job, r.id) = (batch.job, batch.id) returning 1
    )
    select (select count(*)::int from gone) as rows, (select max(id)::float8 from batch) as last`,
  )

/** Each batch begins where the last one ended, so that none goes through what was deleted before. */
async function inBatches(db: Db, batchAfter: (after: number) => SQL): Promise<number> {
  let total = 0
  for (let after = 0; ; ) {
    const [row] = await db.execute<{ rows: number; last: number | null }>(batchAfter(after))
    if (!row || row.last === null) return total
    total += row.rows
    after = row.last
  }
}
