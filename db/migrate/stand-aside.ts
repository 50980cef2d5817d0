import type { Session } from '../client'
import { GATE_CHANNEL, readGateNotice } from '../gate-notices'
import type { MigratorSession } from './migrator-session'

/** Requests that wait this long on average for a connection are felt by the people who sent them. */
const BUSY_WAIT_MS = 20
/** So long after the last such second it is taken to be over. */
const QUIET_MS = 3000

/** What a backfill makes way for. */
export type Others = {
  /** Why the next batch should wait, in a few words; null when it need not. */
  reason(): Promise<string | null>
  close(): Promise<void>
}

/** Listens to the web processes, and looks at who maintains the table. */
export async function watchOthers(session: MigratorSession, table: string): Promise<Others> {
  const listener = await session.aside()
  const gate = await heedGate(listener)
  return {
    async reason() {
      return gate() ?? (await maintenance(session, table))
    },
    close: () => listener.close(),
  }
}

async function heedGate(listener: Session): Promise<() => string | null> {
  let busyAt = Number.NEGATIVE_INFINITY
  await listener.listen(GATE_CHANNEL, (payload) => {
    const notice = readGateNotice(payload)
    if (notice && (notice.waitMs >= BUSY_WAIT_MS || notice.refused > 0)) busyAt = performance.now()
  })
  return () => (performance.now() - busyAt < QUIET_MS ? 'requests wait for connections' : null)
}

/**
 * Vacuum, analyse and concurrent index builds hold the lock that lets only one of them at a table. It is seen through
 * pg_locks, because pg_stat_progress_vacuum hides autovacuum's table from ordinary roles.
 */
async function maintenance(session: MigratorSession, table: string): Promise<string | null> {
  const [row] = await session.query<{ what: string }>(
    `select case when activity.backend_type = 'autovacuum worker' then 'autovacuum' else 'maintenance' end as what
     from pg_class
     join pg_locks on pg_locks.relation in (pg_class.oid, reltoastrelid) and mode = 'ShareUpdateExclusiveLock' and granted
       and database = (select oid from pg_database where datname = current_database())
     join pg_stat_activity as activity on activity.pid = pg_locks.pid
     where pg_class.oid = to_regclass($1) and activity.pid <> pg_backend_pid()
     limit 1`,
    [table],
  )
  return row ? `${row.what} works on ${table}` : null
}
