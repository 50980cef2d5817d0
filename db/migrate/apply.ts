import { runBackfill } from './backfill'
import { buildIndex } from './concurrent-index'
import { migrationFailed } from './failure'
import { recordApplied } from './ledger'
import type { MigratorSession } from './migrator-session'
import type { Migration, Part } from './parse'
import type { IndexBuild } from './parse-index'
import { isLockTrouble, type LockPatience, withLockRetries } from './retry'
import { inTransaction } from './transaction'
import type { Waiting } from './waiting'

/**
 * Applies one file and records it.
 * @throws {Refused} `failed`, `lock_timeout`: then the database is as it was before this file
 */
export async function applyMigration(
  session: MigratorSession,
  migration: Migration,
  patience: LockPatience,
  waiting: Waiting,
): Promise<void> {
  const { work } = migration
  const record = (milliseconds: number) => recordApplied(session, migration, milliseconds)
  await session.reset()
  try {
    if (work.transactional) await runInTransaction(session, migration, work.parts, patience, waiting, record)
    else if (work.backfill) await runBackfill(session, migration, work.backfill, waiting)
    else {
      const started = performance.now()
      await runAlone(session, migration, work, waiting)
      await inTransaction(session, () => record(performance.now() - started))
    }
  } catch (error) {
    throw migrationFailed(migration, error) ?? error
  }
}

/** Statements and their record in one transaction, again and again while others hold their locks. */
export function runInTransaction(
  session: MigratorSession,
  migration: Migration,
  parts: readonly Part[],
  patience: LockPatience,
  waiting: Waiting,
  record: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const giveUp = async () =>
    `and left the database as it was: try again when ${await openTransactions(session)}`
  return withLockRetries(migration.name, patience, waiting, giveUp, (lockTimeoutMs) => {
    const started = performance.now()
    return inTransaction(session, async () => {
      await session.query(`set local lock_timeout = ${lockTimeoutMs}`)
      for (const part of parts) {
        try {
          await session.query(part.sql)
        } catch (error) {
          if (isLockTrouble(error)) throw error
          throw migrationFailed(migration, error, part) ?? error
        }
      }
      await record(performance.now() - started)
    })
  })
}

/**
 * A statement that refuses to run in a transaction, without lock_timeout: it holds up nobody while it waits, and given
 * up halfway it would leave its pieces. Interrupted before its record was written, it runs again.
 */
export async function runAlone(
  session: MigratorSession,
  migration: Migration,
  { part, index }: { part: Part; index: IndexBuild | null },
  { report }: Waiting,
): Promise<void> {
  try {
    if (index) await buildIndex(session, migration.name, part.sql, index, report)
    else await session.query(part.sql)
  } catch (error) {
    throw migrationFailed(migration, error, part) ?? error
  }
}

/** Whom a lock is held by can be seen only while waiting for it; after that the longest transactions are the suspects. */
async function openTransactions(session: MigratorSession): Promise<string> {
  const rows = await session.query<{ pid: number; name: string; state: string | null; seconds: number }>(
    `select pid, application_name as name, state, extract(epoch from now() - xact_start)::int as seconds
     from pg_stat_activity as activity
     where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
       and exists (select from pg_locks where pg_locks.pid = activity.pid and locktype = 'relation' and granted)
     order by xact_start limit 3`,
  )
  if (rows.length === 0) return 'less is going on'
  const suspects = rows.map(
    ({ pid, name, state, seconds }) =>
      `server process ${pid} (${name || 'unnamed'}, ${state ?? 'busy'}, its transaction open for ${seconds} s)`,
  )
  return `what is open now has finished: ${suspects.join(', ')}`
}
