import { holdsUpWrites } from '../../lock-modes'
import type { CheckedFile, CheckedStatement, Finding } from '../finding'
import { describeLocks } from '../lock-words'

type FileRule = (file: CheckedFile) => Finding | null

/** Each looks at how the statements of a file go together. */
export const FILE_RULES: readonly FileRule[] = [schemaAndData, workUnderLock, severalHotTables, silentExcuse]

const WRITES = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']

function schemaAndData(file: CheckedFile): Finding | null {
  const data = file.statements.find(isWrite)
  const schema = file.statements.find(
    (statement) => !isWrite(statement) && statement.hot.some(({ lock }) => holdsUpWrites(lock)),
  )
  if (!data || !schema) return null
  return found(file, data, {
    rule: 'schema-and-data',
    problem: `It changes data in the transaction that alters ${schema.hot[0]?.table} in line ${schema.line}.`,
    locks: `${describeLocks(schema.hot)} It holds that until the data are written, too.`,
    safe: 'Put the data into a file of their own after this one: a batched backfill, unless they are a few rows.',
  })
}

function workUnderLock(file: CheckedFile): Finding | null {
  if (!file.transactional) return null
  const first = file.statements.findIndex(({ hot }) => hot.some(({ lock }) => holdsUpWrites(lock)))
  const locking = file.statements[first]
  const working = file.statements
    .slice(first + 1)
    .find((statement) => !isWrite(statement) && statement.hot.some(({ work }) => work !== 'none'))
  if (!locking || first === -1 || !working) return null
  return found(file, working, {
    rule: 'work-under-lock',
    problem: `It goes through a whole table while the transaction holds the lock of line ${locking.line}.`,
    locks: `${describeLocks(locking.hot)} It holds that until this statement is done, too.`,
    safe: 'Put it into the next file: each file is a transaction of its own and lets go of its locks.',
  })
}

function severalHotTables(file: CheckedFile): Finding | null {
  const subjects = file.statements.flatMap((statement) => {
    const [subject] = statement.hot.filter(({ lock }) => lock === 'AccessExclusiveLock')
    return subject ? [{ statement, table: subject.table }] : []
  })
  const second = subjects.find(({ table }) => table !== subjects[0]?.table)
  const [first] = subjects
  if (!first || !second) return null
  return found(file, second.statement, {
    rule: 'several-hot-tables',
    problem: `It locks ${second.table} while it holds ${first.table}; whoever takes the two the other way round ends in a deadlock.`,
    locks: `Every read and write of ${first.table} waits as long as this file waits for its turn at ${second.table}.`,
    safe: 'A file for each table.',
  })
}

function silentExcuse(file: CheckedFile): Finding | null {
  const comment = file.comments.find(({ text }) => /^squawk-(?:ignore|disable)/.test(text))
  if (!comment) return null
  return {
    file: file.name,
    line: comment.line,
    rule: 'silent-excuse',
    problem: "squawk's own comment would switch a rule off without a reason.",
    locks: 'Whatever the rule is there to prevent.',
    safe: 'Write "-- excuse <rule>: <reason>": it counts for this file, and the check prints it.',
  }
}

function isWrite({ node }: CheckedStatement): boolean {
  return WRITES.some((kind) => kind in node)
}

function found(file: CheckedFile, { line }: CheckedStatement, rest: Omit<Finding, 'file' | 'line'>): Finding {
  return { file: file.name, line, ...rest }
}
