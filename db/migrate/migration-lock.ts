import { type LockName, lockHolder, tryLock } from '../session-lock'
import type { MigratorSession } from './migrator-session'
import { jittered, type Waiting } from './waiting'

/** "brig", "migr": advisory locks are per database, and this pair of numbers is nobody else's. */
export const MIGRATION_LOCK: LockName = [0x62726967, 0x6d696772]
const POLL_MS = 500

/**
 * Takes the one migrator's lock, which the session holds until it closes. Polls: a session blocked in
 * pg_advisory_lock has a snapshot that CREATE INDEX CONCURRENTLY waits for, and the two would deadlock. Waits as long
 * as the other migrator lives, since its lock dies with its session.
 */
export async function takeMigrationLock(session: MigratorSession, { report, pause }: Waiting): Promise<void> {
  let told = ''
  while (!(await tryLock(session, MIGRATION_LOCK))) {
    const holder = await lockHolder(session, MIGRATION_LOCK)
    if (holder && holder !== told) report({ kind: 'waiting', holder })
    told = holder ?? told
    await pause(jittered(POLL_MS))
  }
}
