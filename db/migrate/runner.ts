import { join } from 'node:path'
import { postgresCause } from '../client'
import { applyMigration } from './apply'
import { readMigrations } from './files'
import { readLedger } from './ledger'
import { takeMigrationLock } from './migration-lock'
import { withMigratorSession } from './migrator-session'
import { pendingOf } from './pending'
import { compare, type FileStatus } from './plan'
import type { Progress } from './progress'
import { type Refusal, Refused } from './refused'
import { LOCK_PATIENCE, type LockPatience } from './retry'
import { realPause, type Waiting } from './waiting'

export type MigrateOptions = {
  /** Of the files and their journal; the release's own unless told. */
  directory?: string
  report?: (progress: Progress) => void
  /** Ends the work: the running statement is cancelled, its file rolled back. */
  signal?: AbortSignal
  lockPatience?: LockPatience
  /** Waits that many milliseconds; for tests. */
  pause?: (milliseconds: number) => Promise<void>
}

type AppliedFile = { name: string; milliseconds: number }
/** `applied` by this run, also when it then failed. */
export type MigrationResult = ({ ok: true } | Refusal) & { applied: AppliedFile[] }
export type StatusResult = { ok: true; files: FileStatus[] } | Refusal

const DIRECTORY = join(import.meta.dirname, '../migrations')

/**
 * Brings a database up to this release: applies the pending files in order, each one whole or not at all. Any number of
 * processes may do so at once. A database that is up to date costs one read.
 * @param url a direct address, not that of a pooler: the session holds an advisory lock
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<MigrationResult> {
  const { directory = DIRECTORY, signal, lockPatience = LOCK_PATIENCE } = options
  const waiting: Waiting = {
    report: options.report ?? (() => {}),
    pause: options.pause ?? ((milliseconds) => realPause(milliseconds, signal)),
  }
  const applied: AppliedFile[] = []
  try {
    const migrations = await readMigrations(directory)
    await withMigratorSession(url, signal, async (session) => {
      if ((await pendingOf(session, migrations)).length === 0) return
      await session.reset()
      await takeMigrationLock(session, waiting)
      // While this one waited, another migrator may have done it all.
      const pending = await pendingOf(session, migrations)
      for (const [index, migration] of pending.entries()) {
        const { name: file, phase } = migration
        waiting.report({ kind: 'applying', file, phase, place: index + 1, of: pending.length })
        const started = performance.now()
        await applyMigration(session, migration, lockPatience, waiting)
        const milliseconds = performance.now() - started
        applied.push({ name: file, milliseconds })
        waiting.report({ kind: 'applied', file, milliseconds })
      }
    })
    return { ok: true, applied }
  } catch (error) {
    return { ...asRefusal(error), applied }
  }
}

/** Every file of this release, and every other that the database has, with its state; changes nothing. */
export async function status(
  url: string,
  { directory = DIRECTORY }: Pick<MigrateOptions, 'directory'> = {},
): Promise<StatusResult> {
  try {
    const migrations = await readMigrations(directory)
    const ledger = await withMigratorSession(url, undefined, readLedger)
    return { ok: true, files: compare(migrations, ledger) }
  } catch (error) {
    return asRefusal(error)
  }
}

/** Bugs go on being thrown; what the server refuses outside of a file (a missing right, say) is no bug. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refused) return error.toValue()
  if (!postgresCause(error)) throw error
  const message = `The database refused: ${(error as Error).message}.`
  return { ok: false, reason: 'failed', message, cause: error }
}
