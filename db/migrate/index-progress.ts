import { setTimeout as delay } from 'node:timers/promises'
import type { Session } from '../client'
import type { MigratorSession } from './migrator-session'
import type { Progress } from './progress'

const LOOK_EVERY_MS = 1000

type Told = { file: string; index: string; report: (progress: Progress) => void }

/** One row of pg_stat_progress_create_index, with who is waited for. */
export type IndexProgress = {
  phase: string
  lockersTotal: number
  lockersDone: number
  locker: string | null
  blocksTotal: number
  blocksDone: number
  tuplesTotal: number
  tuplesDone: number
}

/** The columns of an `IndexProgress`, from pg_stat_progress_create_index as `progress`. */
export const INDEX_PROGRESS = `
  progress.phase, progress.lockers_total::float8 as "lockersTotal", progress.lockers_done::float8 as "lockersDone",
  (select format('server process %s (%s)', locker.pid, coalesce(nullif(locker.application_name, ''), 'unnamed'))
   from pg_stat_activity as locker where locker.pid = nullif(progress.current_locker_pid, 0)) as locker,
  progress.blocks_total::float8 as "blocksTotal", progress.blocks_done::float8 as "blocksDone",
  progress.tuples_total::float8 as "tuplesTotal", progress.tuples_done::float8 as "tuplesDone"`

/**
 * Where each phase of a concurrent build begins and ends in the whole. PostgreSQL tells how far a phase is, not how
 * long the next one takes: both scans of the table take most of the time, so the bar gives them most of its length.
 */
const PHASES: readonly [phase: string, from: number, to: number][] = [
  ['initializing', 0, 0],
  ['waiting for writers before build', 0, 0.01],
  ['building index: scanning table', 0.01, 0.4],
  ['building index: sorting live tuples', 0.4, 0.45],
  ['building index: loading tuples in tree', 0.45, 0.6],
  ['building index', 0.01, 0.6],
  ['waiting for writers before validation', 0.6, 0.61],
  ['index validation: scanning index', 0.61, 0.66],
  ['index validation: sorting tuples', 0.66, 0.7],
  ['index validation: scanning table', 0.7, 0.98],
  ['waiting for old snapshots', 0.98, 1],
]

/**
 * Does `build`, which builds an index on `session`, and reports every second how far it is, seen from another
 * connection. Where none is to be had, nothing is reported.
 */
export async function withIndexProgress(
  session: MigratorSession,
  told: Told,
  build: () => Promise<void>,
): Promise<void> {
  const [own] = await session.query<{ pid: number }>('select pg_backend_pid() as pid')
  const built = new AbortController()
  const watching = watch(session, own?.pid ?? 0, told, built.signal)
  try {
    await build()
  } finally {
    built.abort()
    await watching
  }
}

async function watch(session: MigratorSession, pid: number, told: Told, signal: AbortSignal): Promise<void> {
  let second: Session | undefined
  try {
    for (;;) {
      // The first look is late on purpose: most builds are over by then, and need no second connection.
      await delay(LOOK_EVERY_MS, undefined, { signal })
      second ??= await session.aside()
      const row = await look(second, pid)
      if (row && !signal.aborted)
        told.report({ kind: 'building', file: told.file, index: told.index, ...howFar(row) })
    }
  } catch {
    // The build is over, or the progress can't be seen: neither is the build's trouble.
  } finally {
    await second?.close().catch(() => {})
  }
}

async function look(session: Session, pid: number): Promise<IndexProgress | undefined> {
  const [row] = await session.query<IndexProgress>(
    `select ${INDEX_PROGRESS} from pg_stat_progress_create_index as progress where progress.pid = $1::int`,
    [pid],
  )
  return row
}

/**
 * How far a build is, as a share of the whole and in words such as "building index: scanning table, 41 %" or "waiting
 * for old snapshots of server process 4711 (psql)".
 */
export function howFar(row: IndexProgress): { share: number; text: string } {
  const { phase, locker } = row
  const done = doneOf(row)
  const [, from, to] = PHASES.find(([name]) => name === phase) ?? ['', 0, 1]
  const share = from + (to - from) * (done ?? 0)
  if (phase.startsWith('waiting')) return { share, text: locker ? `${phase}: ${locker}` : phase }
  return { share, text: done === null ? phase : `${phase}, ${Math.floor(done * 100)} %` }
}

/** The share of the phase that is done, or null where the server does not tell. */
function doneOf(row: IndexProgress): number | null {
  const { phase, lockersTotal, lockersDone, blocksTotal, blocksDone, tuplesTotal, tuplesDone } = row
  if (phase.startsWith('waiting')) return shareOf(lockersDone, lockersTotal)
  // While tuples are sorted or loaded, the blocks are still those of the scan before.
  if (/tuples/.test(phase)) return shareOf(tuplesDone, tuplesTotal)
  return shareOf(blocksDone, blocksTotal)
}

const shareOf = (done: number, total: number) => (total > 0 ? Math.min(1, done / total) : null)
