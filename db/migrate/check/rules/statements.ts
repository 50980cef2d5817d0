import type { Node } from 'libpg-query'
import { lockInWords } from '../../lock-modes'
import type { CheckedStatement, Problem, StatementRule } from '../finding'
import { retyping } from '../retyping'
import type { SchemaState } from '../schema-state'
import { hasOption, tableName } from '../syntax'

/** Each looks at one statement. The first that objects speaks for it. */
export const STATEMENT_RULES: readonly StatementRule[] = [
  needsNoTransaction,
  changedPatience,
  unbatchedWrite,
  vacuumFull,
  cluster,
  lockTable,
  blockingRefresh,
  truncation,
  triggerOnHotTable,
  unreadableBlock,
  changedType,
  unprovedNotNull,
]

function needsNoTransaction(
  { node }: CheckedStatement,
  _schema: SchemaState,
  { transactional }: Parameters<StatementRule>[2],
): Problem | null {
  if (!transactional || !refusesTransactions(node)) return null
  return {
    rule: 'needs-no-transaction',
    problem: 'PostgreSQL refuses this statement within a transaction, which the file says it is.',
    locks: 'Nothing: it fails at once.',
    safe: 'Put it alone into a file with "-- not transactional".',
  }
}

function refusesTransactions(node: Node): boolean {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent ?? false
  if ('DropStmt' in node) return node.DropStmt.concurrent ?? false
  if ('ReindexStmt' in node) return hasOption(node.ReindexStmt.params, 'concurrently')
  if ('VacuumStmt' in node) return node.VacuumStmt.is_vacuumcmd ?? false
  return 'CreatedbStmt' in node || 'DropdbStmt' in node || 'AlterSystemStmt' in node
}

function changedPatience({ node }: CheckedStatement): Problem | null {
  if (!('VariableSetStmt' in node) || node.VariableSetStmt.name !== 'lock_timeout') return null
  return {
    rule: 'changed-patience',
    problem: 'It sets lock_timeout, which the runner has set to let others pass.',
    locks:
      'Whatever the statements after it wait for: everybody who comes later waits behind them, without a limit.',
    safe: 'Leave it out. The runner waits for 50 ms, lets the queue pass and tries again, 30 times.',
  }
}

function unbatchedWrite(
  { node, hot }: CheckedStatement,
  _schema: SchemaState,
  { batched }: Parameters<StatementRule>[2],
): Problem | null {
  if (batched || !hot.some(({ work }) => work === 'rows')) return null
  const word =
    'UpdateStmt' in node
      ? 'UPDATE'
      : 'DeleteStmt' in node
        ? 'DELETE'
        : 'MergeStmt' in node
          ? 'MERGE'
          : 'INSERT … SELECT'
  return {
    rule: 'unbatched-write',
    problem: `${word} changes all its rows in one statement.`,
    safe: 'Write it as a batched backfill ("-- backfill: table key"): short transactions over a range of keys, which can be paused and go on after a crash.',
  }
}

function vacuumFull({ node, hot }: CheckedStatement): Problem | null {
  if (!('VacuumStmt' in node) || !hot.some(({ work }) => work === 'rewrite')) return null
  return {
    rule: 'vacuum-full',
    problem: 'VACUUM FULL writes the whole table anew.',
    safe: 'Plain VACUUM makes the space usable again; REINDEX INDEX CONCURRENTLY shrinks a bloated index. Giving the space back to the disk needs pg_repack.',
  }
}

function cluster({ node, hot }: CheckedStatement): Problem | null {
  if (!('ClusterStmt' in node) || hot.length === 0) return null
  return {
    rule: 'cluster',
    problem: 'CLUSTER writes the whole table anew in the order of an index.',
    safe: 'An index with INCLUDE columns gives the same neighbours without moving the rows; pg_repack can sort a table that is in use.',
  }
}

function lockTable({ node, hot }: CheckedStatement): Problem | null {
  const [first] = hot
  if (!('LockStmt' in node) || !first) return null
  return {
    rule: 'lock-table',
    problem: `LOCK TABLE takes ${lockInWords(first.lock)} and keeps it until the file is done.`,
    safe: 'Leave it out: every statement takes the weakest lock that it needs, and the runner lets go and tries again when it does not get it.',
  }
}

function blockingRefresh({ node, hot }: CheckedStatement): Problem | null {
  if (!('RefreshMatViewStmt' in node) || node.RefreshMatViewStmt.concurrent || hot.length === 0) return null
  return {
    rule: 'blocking-refresh',
    problem: 'REFRESH MATERIALIZED VIEW keeps all readers out until its query is done.',
    safe: 'Give the view a unique index and write REFRESH MATERIALIZED VIEW CONCURRENTLY, in a job and not in a migration.',
  }
}

function truncation({ node, hot }: CheckedStatement): Problem | null {
  if (!('TruncateStmt' in node) || hot.length === 0) return null
  return {
    rule: 'truncation',
    problem: 'TRUNCATE takes away all rows at once, also for transactions that began before it.',
    safe: 'Stop using the table in one release and drop it in a contract file of a later one; rows that must go alone go by a batched backfill.',
  }
}

function triggerOnHotTable({ node, hot }: CheckedStatement): Problem | null {
  if (!('CreateTrigStmt' in node) || hot.length === 0) return null
  return {
    rule: 'trigger-on-hot-table',
    problem:
      'CREATE TRIGGER waits for all writers of the table, and from then on each of them pays for the trigger.',
    safe: 'Have the mutations write both places. Where only a trigger will do (the old release writes, too), give it a file of its own, excuse it with its cost a row, and drop it in the contract file.',
  }
}

function unreadableBlock({ node }: CheckedStatement): Problem | null {
  const word =
    'DoStmt' in node
      ? 'DO'
      : 'CallStmt' in node
        ? 'CALL'
        : selectsFunction(node)
          ? 'SELECT of a function'
          : null
  if (!word) return null
  return {
    rule: 'unreadable-block',
    problem: `${word} runs code that these checks can't see into.`,
    locks: 'Unknown: whatever the code takes, until it ends.',
    safe: 'Write its statements as plain SQL. Where that is impossible, excuse it with what it locks and for how long.',
  }
}

function selectsFunction(node: Node): boolean {
  if (!('SelectStmt' in node)) return false
  return (node.SelectStmt.targetList ?? []).some(
    (target) => 'ResTarget' in target && target.ResTarget.val && 'FuncCall' in target.ResTarget.val,
  )
}

function changedType({ node, hot }: CheckedStatement, schema: SchemaState): Problem | null {
  if (!('AlterTableStmt' in node) || hot.length === 0) return null
  const table = tableName(node.AlterTableStmt.relation)
  for (const command of node.AlterTableStmt.cmds ?? []) {
    if (!('AlterTableCmd' in command) || command.AlterTableCmd.subtype !== 'AT_AlterColumnType') continue
    const { name = '', def } = command.AlterTableCmd
    if (!def || !('ColumnDef' in def)) continue
    const change = retyping(schema.table(table)?.columns.get(name)?.type ?? null, def.ColumnDef)
    if (change === 'narrow')
      return {
        rule: 'narrowed-column',
        problem: `${table}.${name} becomes shorter: every row is written anew, and one value that is too long fails it all.`,
        safe: `Keep the type and say the limit as a check: ADD CONSTRAINT … CHECK (length(${name}) <= …) NOT VALID, mend the rows by a batched backfill, then VALIDATE CONSTRAINT in a file of its own.`,
      }
    if (change === 'rewrite')
      return {
        rule: 'retyped-column',
        problem: `${table}.${name} gets a type that is stored otherwise, so every row is written anew.`,
        safe: 'Add a column of the new type, write both, fill it by a batched backfill, read from it in the next release, drop the old one in a contract file. (Longer varchar, varchar to text and numeric of more digits are free.)',
      }
  }
  return null
}

function unprovedNotNull({ node, hot }: CheckedStatement): Problem | null {
  if (!('AlterTableStmt' in node) || !hot.some(({ work }) => work === 'scan')) return null
  const columns = (node.AlterTableStmt.cmds ?? []).flatMap((command) =>
    'AlterTableCmd' in command && command.AlterTableCmd.subtype === 'AT_SetNotNull'
      ? [command.AlterTableCmd.name ?? '']
      : [],
  )
  if (columns.length === 0) return null
  return {
    rule: 'unproved-not-null',
    problem: `SET NOT NULL reads the whole table to see that ${columns.join(' and ')} has no null.`,
    safe: `ADD CONSTRAINT … CHECK (${columns[0]} IS NOT NULL) NOT VALID; VALIDATE CONSTRAINT in the next file; then SET NOT NULL, which believes the check, and DROP CONSTRAINT.`,
  }
}
