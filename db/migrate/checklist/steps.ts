import { type Effect, effectsOf } from '../check/effects'
import { reverseOf } from '../check/reverse'
import { takenAway } from '../check/rules/contract'
import { SchemaState } from '../check/schema-state'
import { readSyntax } from '../check/syntax'
import { holdsUpReads, holdsUpWrites, lockInWords } from '../lock-modes'
import type { Migration } from '../parse'
import { parseIndexBuild } from '../parse-index'
import { splitStatements } from '../sql-statements'

type StepLock = {
  table: string
  /** In SQL's words, such as SHARE ROW EXCLUSIVE. */
  lock: string
  readsWait: boolean
  writesWait: boolean
  work: Effect['work']
}
/** A statement of a pending file. `index` is what follows the table in CREATE INDEX. */
export type Step = {
  line: number
  sql: string
  locks: StepLock[]
  index: { name: string; unique: boolean; tail: string } | null
  /** What goes that the release before may use, such as "a column"; null when nothing does. */
  takesAway: string | null
  /** SQL that takes it back, or null where only a backup does. */
  reverse: string | null
}
export type PlannedFile = {
  name: string
  phase: Migration['phase']
  mode: 'transaction' | 'alone' | 'batches'
  steps: Step[]
}

/**
 * What the pending files do, statement by statement, with the locks that each takes on tables that exist already.
 * @param migrations all of the release, in order
 */
export async function planFiles(
  migrations: readonly Migration[],
  pending: ReadonlySet<string>,
): Promise<PlannedFile[]> {
  const schema = new SchemaState()
  const planned: PlannedFile[] = []
  for (const migration of migrations) {
    const steps = await takeIn(migration, schema, pending)
    if (pending.has(migration.name))
      planned.push({ name: migration.name, phase: migration.phase, mode: modeOf(migration), steps })
  }
  return planned
}

async function takeIn(
  migration: Migration,
  schema: SchemaState,
  pending: ReadonlySet<string>,
): Promise<Step[]> {
  const syntax = await readSyntax(migration.text)
  // The runner would send it, and the server say what is wrong.
  if (!('statements' in syntax)) return []
  const texts = splitStatements(migration.text)
  return syntax.statements.map(({ node, line }, at) => {
    const isThere = ({ table }: Effect) => !pending.has(schema.table(table)?.made.file ?? '')
    const text = texts[at]
    const build = text ? parseIndexBuild(text) : null
    const effects = effectsOf(node, schema)
    const step: Step = {
      line,
      sql: text?.sql ?? '',
      locks: effects.filter(isThere).map(toLock),
      index:
        build && build !== 'unnamed' ? { name: build.name, unique: build.unique, tail: build.tail } : null,
      takesAway: effects.length === 0 || effects.some(isThere) ? takenAway(node) : null,
      reverse: reverseOf(node, schema),
    }
    schema.apply(node, { file: migration.name, line })
    return step
  })
}

function toLock({ table, lock, work }: Effect): StepLock {
  return {
    table,
    lock: lockInWords(lock),
    readsWait: holdsUpReads(lock),
    writesWait: holdsUpWrites(lock),
    work,
  }
}

function modeOf({ work }: Migration): PlannedFile['mode'] {
  if (work.transactional) return 'transaction'
  return work.backfill ? 'batches' : 'alone'
}
