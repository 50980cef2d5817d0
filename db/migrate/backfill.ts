import { type BatchStatements, batchStatements } from './backfill-batch'
import { beginBackfill, lockState, recordAside, recordBatch, recordFinished } from './backfill-state'
import { nextBatchSize } from './batch-size'
import { migrationFailed } from './failure'
import { recordApplied } from './ledger'
import type { MigratorSession } from './migrator-session'
import type { Migration } from './parse'
import type { Backfill } from './parse-backfill'
import { isLockTrouble, type LockPatience, withLockRetries } from './retry'
import { type Others, watchOthers } from './stand-aside'
import { inTransaction } from './transaction'
import type { Waiting } from './waiting'

/**
 * Shorter than deadlock_timeout (1 s): should a batch and a request wait for each other's rows, it is the batch that
 * gives up and comes back.
 */
const ROW_PATIENCE: LockPatience = { tries: 60, firstMs: 100, lastMs: 800, rest: 1 }
/** Of the time that a batch took: so that no more than two thirds of one connection's work is a backfill's. */
const REST = 0.5
const LOOK_AGAIN_MS = 1000

type Outcome = { kind: 'done' } | { kind: 'paused'; by: string } | Batch
type Batch = { kind: 'batch'; rows: number; size: number; milliseconds: number }

/**
 * Runs a backfill from where it stands to its end, and records the file. Each batch is one transaction together with
 * its progress, so that whenever the process ends, no row is done twice and none is left out.
 * @throws {Refused} `failed`, `edited`, `lock_timeout`; what was done stays done
 */
export async function runBackfill(
  session: MigratorSession,
  migration: Migration,
  backfill: Backfill,
  waiting: Waiting,
): Promise<void> {
  const { name } = migration
  const started = performance.now()
  const statements = await batchStatements(session, name, backfill)
  const state = await beginBackfill(session, migration, backfill.table)
  const others = await watchOthers(session, backfill.table)
  try {
    let done = state.rowsDone
    for (;;) {
      await letOthersGo(session, name, others, waiting)
      const outcome = await batch(session, migration, statements, waiting)
      if (outcome.kind === 'done') break
      if (outcome.kind === 'paused') {
        await whilePaused(session, name, outcome.by, waiting)
        continue
      }
      done += outcome.rows
      const rate = ((done - state.rowsDone) / Math.max(1, performance.now() - started)) * 1000
      waiting.report({
        kind: 'backfilling',
        file: name,
        share: Math.min(1, done / Math.max(done, state.rowsExpected)),
        done,
        expected: state.rowsExpected,
        rate,
        batchMs: outcome.milliseconds,
        size: outcome.size,
      })
      await waiting.pause(outcome.milliseconds * REST)
    }
  } finally {
    await others.close()
  }
  await inTransaction(session, async () => {
    await recordFinished(session, name)
    await recordApplied(session, migration, performance.now() - started)
  })
}

function batch(
  session: MigratorSession,
  migration: Migration,
  statements: BatchStatements,
  waiting: Waiting,
): Promise<Outcome> {
  const whenFree = async () =>
    'the transactions that hold these rows have ended (what it has done so far stays)'
  return withLockRetries(migration.name, ROW_PATIENCE, waiting, whenFree, (lockTimeoutMs) =>
    inTransaction(session, async () => {
      await session.query(`set local lock_timeout = ${lockTimeoutMs}`)
      return nextBatch(session, migration, statements)
    }),
  )
}

async function nextBatch(
  session: MigratorSession,
  migration: Migration,
  statements: BatchStatements,
): Promise<Outcome> {
  const { lastKey, batchSize, pausedBy } = await lockState(session, migration.name)
  if (pausedBy !== null) return { kind: 'paused', by: pausedBy }
  const started = performance.now()
  const range = await statements.range(lastKey, batchSize)
  if (!range) return { kind: 'done' }
  try {
    await statements.work(range.first, range.last)
  } catch (error) {
    if (isLockTrouble(error)) throw error
    throw migrationFailed(migration, error) ?? error
  }
  const milliseconds = performance.now() - started
  // A batch that was the table's rest says nothing about how long a full one takes.
  const nextSize = range.rows < batchSize ? batchSize : nextBatchSize(batchSize, milliseconds)
  await recordBatch(session, migration.name, { ...range, milliseconds, nextSize })
  return { kind: 'batch', rows: range.rows, size: range.rows, milliseconds }
}

/** Waits while others need the table or the connections more, saying so once for each reason. */
async function letOthersGo(
  session: MigratorSession,
  file: string,
  others: Others,
  { report, pause }: Waiting,
): Promise<void> {
  let told: string | null = null
  for (let reason = await others.reason(); reason; reason = await others.reason()) {
    if (reason !== told) {
      report({ kind: 'aside', file, reason })
      await recordAside(session, file, reason)
      told = reason
    }
    await pause(LOOK_AGAIN_MS)
  }
  if (told !== null) await recordAside(session, file, null)
}

async function whilePaused(
  session: MigratorSession,
  file: string,
  by: string,
  { report, pause }: Waiting,
): Promise<void> {
  report({ kind: 'aside', file, reason: `paused by ${by}, until \`npm run db:backfill -- resume\`` })
  const isPaused = async () => {
    const [row] = await session.query(
      'select from brigade_migrations.backfills where name = $1 and paused_at is not null',
      [file],
    )
    return row !== undefined
  }
  while (await isPaused()) await pause(LOOK_AGAIN_MS)
}
