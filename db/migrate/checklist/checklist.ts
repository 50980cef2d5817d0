import { join } from 'node:path'
import { readMigrations } from '../files'
import { type MigratorSession, withMigratorSession } from '../migrator-session'
import type { Migration } from '../parse'
import { pendingOf } from '../pending'
import { askForBackup, type BackupAnswer } from './backup'
import { type Confirmation, confirm, type Question, readConfirmations } from './confirmations'
import { type CopyRun, readCopy } from './copy'
import { type Item, itemsOf } from './items'
import { type Estimate, estimate } from './measure'
import { type QuietHour, readQuietHour } from './quiet-hour'
import { readServerState, type ServerState } from './server'
import { type PlannedFile, planFiles, type Step } from './steps'
import { readSizes, type TableSize } from './tables'

export type ChecklistOptions = {
  directory?: string
  /** A copy of the database on which the files were tried. */
  copyUrl?: string | undefined
  /** Prints when the last backup was made, and ends with 0 when that is good enough. */
  backupCommand?: string | undefined
  /** Said before it is drawn up: who says yes to what. */
  confirming?: { by: string; questions: readonly Question[] } | undefined
  now?: Date
}
export type PlannedStep = Step & { estimate: Estimate }
export type Facts = {
  at: Date
  files: (Omit<PlannedFile, 'steps'> & { steps: PlannedStep[] })[]
  tables: TableSize[]
  server: ServerState
  quiet: QuietHour | null
  backup: BackupAnswer | null
  copy: CopyRun[] | null
  confirmations: Confirmation[]
}
/** `items` are what to look at, each with its state; `ready` when none of them wants attention. */
export type Checklist = Facts & { items: Item[]; ready: boolean }

const DIRECTORY = join(import.meta.dirname, '../../migrations')

/**
 * What there is to know before the pending migrations run. Changes nothing but the record of who confirmed what.
 * @throws {Refused} as `migrate` would refuse: unreachable, edited, out_of_order, missing, bad_file
 */
export async function drawUpChecklist(url: string, options: ChecklistOptions = {}): Promise<Checklist> {
  const migrations = await readMigrations(options.directory ?? DIRECTORY)
  return withMigratorSession(url, undefined, async (session) => {
    const pending = await pendingOf(session, migrations)
    for (const question of options.confirming?.questions ?? [])
      await confirm(session, pending, question, options.confirming?.by ?? '')
    const facts = await gather(session, migrations, pending, url, options)
    const items = itemsOf(facts)
    return { ...facts, items, ready: items.every(({ state }) => state !== 'attention') }
  })
}

async function gather(
  session: MigratorSession,
  migrations: readonly Migration[],
  pending: readonly Migration[],
  url: string,
  { copyUrl, backupCommand, now = new Date() }: ChecklistOptions,
): Promise<Facts> {
  const planned = await planFiles(migrations, new Set(pending.map(({ name }) => name)))
  const locked = planned.flatMap(({ steps }) => steps.flatMap(({ locks }) => locks.map(({ table }) => table)))
  const tables = await readSizes(session, [...new Set(locked)])
  return {
    at: now,
    files: await withEstimates(session, planned, tables),
    tables,
    server: await readServerState(session, isHere(url)),
    quiet: await readQuietHour(session, now),
    backup: backupCommand ? await askForBackup(backupCommand) : null,
    copy: copyUrl ? await readCopy(copyUrl, pending) : null,
    confirmations: await readConfirmations(session, pending),
  }
}

async function withEstimates(
  session: MigratorSession,
  files: readonly PlannedFile[],
  tables: readonly TableSize[],
) {
  const estimated: Facts['files'] = []
  for (const file of files) {
    const steps: PlannedStep[] = []
    for (const step of file.steps) steps.push({ ...step, estimate: await estimate(session, step, tables) })
    estimated.push({ ...file, steps })
  }
  return estimated
}

/** Whether the server is on this machine, whose disk can be asked. */
function isHere(url: string): boolean {
  const { hostname } = new URL(url)
  return ['localhost', '127.0.0.1', '[::1]', ''].includes(hostname)
}
