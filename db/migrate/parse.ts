import { createHash } from 'node:crypto'
import { type Backfill, parseBackfill } from './parse-backfill'
import { type IndexBuild, parseIndexBuild } from './parse-index'
import { Refused } from './refused'
import { leadingWords, type Statement, splitStatements } from './sql-statements'

/** What a file does to the releases around it: adds, moves data, or takes away what no release uses any more. */
const PHASES = ['expand', 'migrate', 'contract'] as const
export type Phase = (typeof PHASES)[number]

/** SQL that is sent in one go, and where it starts in its file. */
export type Part = { sql: string; start: number }

export type Migration = {
  name: string
  /** The journal's date in milliseconds, which Drizzle's ledger keeps. */
  when: number
  /** Of the whole file, as Drizzle takes it. */
  sha256: string
  phase: Phase
  text: string
  work:
    | { transactional: true; parts: Part[] }
    | { transactional: false; part: Part; index: IndexBuild | null; backfill: Backfill | null }
}

const BREAKPOINT = '--> statement-breakpoint'
const TRANSACTION_CONTROL = new Set(['begin', 'start', 'commit', 'end', 'rollback', 'abort'])

/** A file that the runner does not take; `rule` and `line` are for the checks, which list all that they find. */
export class BadFile extends Refused {
  constructor(
    name: string,
    readonly rule: string,
    readonly line: number,
    what: string,
  ) {
    super('bad_file', `Migration ${name} ${what}.`)
  }
}

/**
 * Reads one file.
 * @throws {BadFile} naming the file and what to write instead
 */
export function parseMigration(name: string, when: number, text: string): Migration {
  const { mode, phase } = parseHeader(name, text)
  const statements = splitStatements(text)
  if (statements.length === 0) throw new BadFile(name, 'no-statement', 1, 'has no statement')
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { name, when, sha256, phase, text, work: workOf(name, text, mode, phase, statements) }
}

function workOf(name: string, text: string, mode: string, phase: Phase, statements: Statement[]) {
  if (mode === 'transactional') return inTransaction(name, text, statements)
  if (mode === 'not transactional') return alone(name, text, statements)
  return inBatches(name, text, mode, phase, statements)
}

/** The line of a file (from 1) that holds the character `at` of it (from 0). */
export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}

/** `mode` is the whole line that says how the file runs. */
function parseHeader(name: string, text: string): { mode: string; phase: Phase } {
  const header = headerLines(text)
  const [mode, second] = header.filter((line) => /^(?:(?:not )?transactional$|backfill:)/.test(line))
  if (mode === undefined || second !== undefined)
    throw new BadFile(
      name,
      'transaction-mode',
      1,
      'must say one of "-- transactional", "-- not transactional" and "-- backfill: table key" in its first lines',
    )
  const phases = header.flatMap((line) => /^phase: *(.*)$/.exec(line)?.[1] ?? [])
  const phase = PHASES.find((known) => known === phases[0])
  if (phases.length !== 1 || !phase)
    throw new BadFile(
      name,
      'phase',
      1,
      'must say one of "-- phase: expand", "migrate" or "contract" in its first lines',
    )
  return { mode, phase }
}

/** The comment lines above the first statement, without their dashes. */
function headerLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  const end = lines.findIndex((line) => line !== '' && (!line.startsWith('--') || line === BREAKPOINT))
  return lines.slice(0, end === -1 ? lines.length : end).map((line) => line.replace(/^-- */, ''))
}

function inTransaction(name: string, text: string, statements: Statement[]): Migration['work'] {
  const control = statements.find((statement) => TRANSACTION_CONTROL.has(leadingWords(statement, 1)))
  if (control) {
    const line = lineAt(text, control.start)
    const word = leadingWords(control, 1).toUpperCase()
    const why = `runs in a transaction of its own, so ${word} in line ${line} must go`
    throw new BadFile(name, 'transaction-control', line, why)
  }
  const parts: Part[] = []
  let start = 0
  for (const sql of text.split(BREAKPOINT)) {
    parts.push({ sql, start })
    start += sql.length + BREAKPOINT.length
  }
  return { transactional: true, parts }
}

function alone(name: string, text: string, statements: Statement[]): Migration['work'] {
  const [statement, second] = statements
  if (!statement || second)
    throw new BadFile(
      name,
      'one-statement-alone',
      lineAt(text, second?.start ?? 0),
      `is not transactional, so it must hold exactly one statement and not ${statements.length}: put each into a file of its own`,
    )
  const line = lineAt(text, statement.start)
  const index = parseIndexBuild(statement)
  if (index === 'unnamed')
    throw new BadFile(name, 'unnamed-index', line, 'builds an index that it must give a name')
  if (/^drop index concurrently (?!if$)/.test(leadingWords(statement, 4)))
    throw new BadFile(
      name,
      'unrepeatable-drop',
      line,
      'must say DROP INDEX CONCURRENTLY IF EXISTS, so that it can be repeated when interrupted',
    )
  return { transactional: false, part: statement, index, backfill: null }
}

function inBatches(
  name: string,
  text: string,
  header: string,
  phase: Phase,
  statements: Statement[],
): Migration['work'] {
  const [part] = statements
  const line = lineAt(text, part?.start ?? 0)
  const backfill = parseBackfill(header, statements)
  if (typeof backfill === 'string') throw new BadFile(name, 'backfill-form', line, backfill)
  if (phase !== 'migrate')
    throw new BadFile(name, 'backfill-form', 1, 'is a backfill, which is of "-- phase: migrate"')
  if (!part) throw new BadFile(name, 'no-statement', 1, 'has no statement')
  return { transactional: false, part, index: null, backfill }
}
