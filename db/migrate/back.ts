import { join } from 'node:path'
import { runAlone, runInTransaction } from './apply'
import { begunBackfills, forgetBackfill } from './backfill-state'
import { readMigrations } from './files'
import { forgetApplied, readLedger } from './ledger'
import { takeMigrationLock } from './migration-lock'
import { type MigratorSession, withMigratorSession } from './migrator-session'
import type { Migration } from './parse'
import { compare, obstacle } from './plan'
import { Refused } from './refused'
import { LOCK_PATIENCE } from './retry'
import { asRefusal, type MigrateOptions, type MigrationResult } from './runner'
import { inTransaction } from './transaction'
import { realPause, type Waiting } from './waiting'
import { readWaysBack, type WayBack } from './ways-back'

const DIRECTORY = join(import.meta.dirname, '../migrations')

/**
 * What would be taken back, last first, to come to where the database was after a migration.
 * @throws {Refused} `no_way_back` naming the file that only a backup takes back; as `migrate` would refuse
 */
export async function planBack(
  url: string,
  to: string,
  { directory = DIRECTORY }: Pick<MigrateOptions, 'directory'> = {},
): Promise<WayBack[]> {
  const migrations = await readMigrations(directory)
  return withMigratorSession(url, undefined, (session) => waysBack(session, directory, migrations, to))
}

/**
 * Takes back what was applied after the migration `to`, last first, each file whole or not at all. The program that is
 * started next must be the release that ended with `to`: a newer one would apply the files again.
 * @returns `applied` names the files that were taken back, in that order
 */
export async function migrateBack(
  url: string,
  to: string,
  options: MigrateOptions = {},
): Promise<MigrationResult> {
  const { directory = DIRECTORY, signal, lockPatience = LOCK_PATIENCE } = options
  const waiting: Waiting = {
    report: options.report ?? (() => {}),
    pause: options.pause ?? ((milliseconds) => realPause(milliseconds, signal)),
  }
  const applied: MigrationResult['applied'] = []
  try {
    const migrations = await readMigrations(directory)
    await withMigratorSession(url, signal, async (session) => {
      await session.reset()
      await takeMigrationLock(session, waiting)
      for (const way of await waysBack(session, directory, migrations, to)) {
        const { name } = way.migration
        const started = performance.now()
        waiting.report({ kind: 'taking_back', file: name })
        await takeBack(session, way, lockPatience, waiting)
        const milliseconds = performance.now() - started
        applied.push({ name, milliseconds })
        waiting.report({ kind: 'taken_back', file: name, milliseconds })
      }
    })
    return { ok: true, applied }
  } catch (error) {
    return { ...asRefusal(error), applied }
  }
}

async function waysBack(
  session: Pick<MigratorSession, 'query'>,
  directory: string,
  migrations: readonly Migration[],
  to: string,
): Promise<WayBack[]> {
  const files = compare(migrations, await readLedger(session))
  const refused = obstacle(files)
  if (refused) throw refused
  const newer = files.find(({ state }) => state === 'newer')?.name
  if (newer !== undefined)
    throw new Refused(
      'no_way_back',
      `The database has migration ${newer}, which this release does not: only the release that brought it knows the way back.`,
    )
  const target = files.findIndex(({ name }) => name === to)
  if (files[target]?.state !== 'applied')
    throw new Refused('no_way_back', `There is no migration ${to} in this database to go back to.`)
  const ways = await readWaysBack(directory, migrations)
  const begun = await begunBackfills(session)
  const later = files.slice(target + 1).filter(({ name, state }) => state === 'applied' || begun.has(name))
  return later.toReversed().map(({ name }) => {
    const way = ways.get(name)
    if (way) return way
    throw new Refused(
      'no_way_back',
      `Migration ${name} took something away or changed rows, so only a backup from before it leads back to ${to}.`,
    )
  })
}

async function takeBack(
  session: MigratorSession,
  { migration, transactional, parts, index, text }: WayBack,
  patience: typeof LOCK_PATIENCE,
  waiting: Waiting,
): Promise<void> {
  await session.reset()
  // Errors are told by the lines of what is run, which is not the migration's own text.
  const back: Migration = { ...migration, text }
  const forget = async () => {
    await forgetBackfill(session, migration.name)
    await forgetApplied(session, migration)
  }
  const [part] = parts
  if (transactional || !part) return runInTransaction(session, back, parts, patience, waiting, forget)
  await runAlone(session, back, { part, index }, waiting)
  await inTransaction(session, forget)
}
