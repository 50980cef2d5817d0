import type { MigratorSession } from './migrator-session'
import { jittered, type Waiting } from './waiting'

/** "brig", "migr": advisory locks are per database, and this pair of numbers is nobody else's. */
export const MIGRATION_LOCK = [0x62726967, 0x6d696772]
const POLL_MS = 500

/**
 * Takes the one migrator's lock, which the session holds until it closes. Polls: a session blocked in
 * pg_advisory_lock has a snapshot that CREATE INDEX CONCURRENTLY waits for, and the two would deadlock. Waits as long
 * as the other migrator lives, since its lock dies with its session.
 */
export async function takeMigrationLock(session: MigratorSession, { report, pause }: Waiting): Promise<void> {
  let told = ''
  while (!(await tryLock(session))) {
    const holder = await lockHolder(session)
    if (holder && holder !== told) report({ kind: 'waiting', holder })
    told = holder ?? told
    await pause(jittered(POLL_MS))
  }
}

async function tryLock(session: MigratorSession): Promise<boolean> {
  const [row] = await session.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1::int, $2::int) as locked',
    MIGRATION_LOCK,
  )
  return row?.locked ?? false
}

async function lockHolder(session: MigratorSession): Promise<string | null> {
  const [holder] = await session.query<{ pid: number; name: string; since: string }>(
    `select pid, application_name as name, to_char(backend_start at time zone 'UTC', 'HH24:MI:SS') as since
     from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = $1::int::oid and objid = $2::int::oid and objsubid = 2 and granted
       and database = (select oid from pg_database where datname = current_database())`,
    MIGRATION_LOCK,
  )
  if (!holder) return null
  return `${holder.name || 'a session'} (server process ${holder.pid}, since ${holder.since} UTC)`
}
