import { readMigrationFiles } from '../files'
import { BadFile, type Migration, parseMigration } from '../parse'
import { effectsOf } from './effects'
import { applyExcuses, type Excuse, type Excused, readExcuses } from './excuses'
import type { CheckedFile, CheckedStatement, Finding, Problem, StatementRule } from './finding'
import { describeLocks, isLongWait } from './lock-words'
import { MERGED_EXCUSES } from './merged-excuses'
import { type Releases, readReleases } from './releases'
import { contractRule } from './rules/contract'
import { FILE_RULES } from './rules/files'
import { keyFindings } from './rules/keys'
import { STATEMENT_RULES } from './rules/statements'
import { SchemaState } from './schema-state'
import { type SquawkFinding, squawk } from './squawk'
import { SQUAWK_ALWAYS, SQUAWK_GENERAL, SQUAWK_LONG, SQUAWK_SAFE } from './squawk-rules'
import { readSyntax, type Syntax } from './syntax'

export type CheckResult = {
  /** How many files were looked at. */
  files: number
  findings: Finding[]
  excused: Excused[]
}
type Source = { name: string; text: string }

/**
 * Looks for what would hold up a running chain, in every file of a folder.
 * @param options.from the first file to report on; those before it are taken as given
 * @throws {Refused} `bad_file`, when folder, journal, list of releases and files don't fit together
 */
export async function checkMigrations(
  directory: string,
  { from, merged = MERGED_EXCUSES }: { from?: string; merged?: readonly Excuse[] } = {},
): Promise<CheckResult> {
  const sources = await readMigrationFiles(directory)
  const names = sources.map(({ name }) => name)
  const releases = await readReleases(directory, names)
  const first = from === undefined ? 0 : names.indexOf(from)
  const reported = new Set(names.slice(first))

  const schema = new SchemaState()
  const findings: Finding[] = []
  const excuses = [...merged]
  const read: { file: CheckedFile; text: string }[] = []
  for (const source of sources) {
    const file = await readFile(source, schema, releases)
    if ('rule' in file) findings.push(file)
    else {
      read.push({ file, text: source.text })
      findings.push(...file.statements.flatMap((statement) => statement.findings))
      findings.push(...FILE_RULES.flatMap((rule) => rule(file) ?? []))
      excuses.push(...readExcuses(source.name, file.comments))
    }
  }
  findings.push(...keyFindings(schema))
  const looked = read.filter(({ file }) => reported.has(file.name))
  const linted = await squawk(looked.map(({ file, text }) => ({ ...file, text })))
  findings.push(
    ...linted.flatMap(
      (finding) =>
        fromSquawk(
          finding,
          linted,
          looked.map(({ file }) => file),
        ) ?? [],
    ),
  )
  const own = findings.filter(({ file }) => reported.has(file))
  findings.push(
    ...unnamedWaits(
      looked.map(({ file }) => file),
      own,
    ),
  )

  const place = (file: string) => names.indexOf(file)
  return {
    files: reported.size,
    ...applyExcuses(
      findings
        .filter(({ file }) => reported.has(file))
        .sort((a, b) => place(a.file) - place(b.file) || a.line - b.line),
      excuses.filter(({ file }) => reported.has(file)),
    ),
  }
}

type ReadStatement = CheckedStatement & { findings: Finding[] }
type ReadFile = Omit<CheckedFile, 'statements'> & { statements: ReadStatement[] }

/** Takes a file into the schema, statement by statement, with what the rules on single statements say. */
async function readFile(
  source: Source,
  schema: SchemaState,
  releases: Releases,
): Promise<ReadFile | Finding> {
  const { name, text } = source
  const migration = parse(source)
  if ('rule' in migration) return migration
  const syntax = await readSyntax(text)
  if (!('statements' in syntax)) return badSyntax(name, syntax)
  const { phase, work } = migration
  const batched = !work.transactional && work.backfill !== null
  const about = { name, phase, transactional: work.transactional, batched }
  const rules = [...STATEMENT_RULES, contractRule(syntax.comments, releases)]
  const statements = syntax.statements.map((parsed): ReadStatement => {
    const effects = effectsOf(parsed.node, schema)
    const isHot = (table: string) => {
      const made = schema.table(table)?.made.file
      return made === undefined || !releases.cameTogether(made, name)
    }
    const statement = { ...parsed, effects, hot: effects.filter(({ table }) => isHot(table)) }
    const findings = findingsOf(statement, rules, schema, about)
    schema.apply(parsed.node, { file: name, line: parsed.line })
    return { ...statement, findings }
  })
  return { ...about, statements, comments: syntax.comments }
}

function parse({ name, text }: Source): Migration | Finding {
  try {
    return parseMigration(name, 0, text)
  } catch (error) {
    if (!(error instanceof BadFile)) throw error
    const { rule, line, message } = error
    return { file: name, line, rule, problem: message, locks: REFUSED, safe: 'As the sentence says.' }
  }
}

const REFUSED = 'Nothing: the runner refuses the file before it touches the database.'

function badSyntax(
  file: string,
  { line, message }: Exclude<Awaited<ReturnType<typeof readSyntax>>, Syntax>,
): Finding {
  const safe = 'Mend it, or leave out what only another version of PostgreSQL understands.'
  return {
    file,
    line,
    rule: 'syntax-error',
    problem: `PostgreSQL's parser says: ${message}.`,
    locks: REFUSED,
    safe,
  }
}

function findingsOf(
  statement: CheckedStatement,
  rules: readonly StatementRule[],
  schema: SchemaState,
  file: Parameters<StatementRule>[2],
): Finding[] {
  for (const rule of rules) {
    const problem = rule(statement, schema, file)
    if (problem) return [finding(file.name, statement, problem)]
  }
  return []
}

function finding(file: string, { line, hot, effects }: CheckedStatement, problem: Problem): Finding {
  return { file, line, locks: describeLocks(hot.length > 0 ? hot : effects), ...problem }
}

/** A finding of squawk in our words, or null where it concerns no table that is in use. */
function fromSquawk(
  found: SquawkFinding,
  all: readonly SquawkFinding[],
  files: readonly CheckedFile[],
): Finding | null {
  const file = files.find(({ name }) => name === found.file)
  const within = ({ line, lastLine }: CheckedStatement, at: number) => line <= at && at <= lastLine
  const statement = file?.statements.find((each) => within(each, found.line))
  if (!file || !statement) return null
  if (statement.hot.length === 0 && !SQUAWK_ALWAYS.has(found.rule)) return null
  if (SQUAWK_LONG.has(found.rule) && !statement.hot.some(isLongWait)) return null
  const another = all.some(
    ({ file, line, rule }) => file === found.file && within(statement, line) && !SQUAWK_GENERAL.has(rule),
  )
  if (another && SQUAWK_GENERAL.has(found.rule)) return null
  const safe = SQUAWK_SAFE[found.rule] ?? found.help ?? 'See https://squawkhq.com/docs/rules.'
  return finding(
    file.name,
    { ...statement, line: found.line },
    { rule: found.rule, problem: found.message, safe },
  )
}

/** Waits that no rule has a name for. (Nobody writes to a materialized view, so its EXCLUSIVE lock holds up nobody.) */
function unnamedWaits(files: readonly CheckedFile[], findings: readonly Finding[]): Finding[] {
  const whole = files.filter(({ batched }) => !batched)
  return whole.flatMap((file) =>
    file.statements
      .filter(({ node, hot }) => !('RefreshMatViewStmt' in node) && hot.some(isLongWait))
      .filter(
        ({ line, lastLine }) =>
          !findings.some((each) => each.file === file.name && line <= each.line && each.line <= lastLine),
      )
      .map((statement) =>
        finding(file.name, statement, {
          rule: 'long-lock',
          problem: 'It holds a lock that others need for as long as the table is large.',
          safe: 'docs/migrations.md shows how each common change is done without.',
        }),
      ),
  )
}
