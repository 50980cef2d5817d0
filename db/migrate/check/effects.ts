import type { Node, WithClause } from 'libpg-query'
import { type LockMode, lockModeOfNumber } from '../lock-modes'
import { alterTableEffects } from './alter-table-effects'
import { constraintsOf, type SchemaState } from './schema-state'
import { hasOption, qualifiedName, tableName } from './syntax'

/** How long a lock is held beyond a moment: until all rows were read, written again, indexed or changed. */
export type Work = 'none' | 'scan' | 'rewrite' | 'index' | 'rows'
/** A table lock that a statement takes; held to the end of the transaction, `work` being this statement's share. */
export type Effect = { table: string; lock: LockMode; work: Work }

const WEAK = 'ShareUpdateExclusiveLock'
const ALL = 'AccessExclusiveLock'

/**
 * The table locks of a statement, as PostgreSQL 15 to 18 take them. The table in docs/migrations.md says the same, and
 * its test runs every line of it.
 * @param schema as it was before the statement
 */
export function effectsOf(node: Node, schema: SchemaState): Effect[] {
  const on = (table: string, lock: LockMode, work: Work = 'none'): Effect[] => [{ table, lock, work }]
  if ('AlterTableStmt' in node) return alterTableEffects(node.AlterTableStmt, schema)
  if ('CreateStmt' in node)
    return referencedTables(node).flatMap((table) => on(table, 'ShareRowExclusiveLock'))
  if ('IndexStmt' in node) {
    const { relation, concurrent } = node.IndexStmt
    return on(tableName(relation), concurrent ? WEAK : 'ShareLock', 'index')
  }
  if ('CreateTrigStmt' in node) return on(tableName(node.CreateTrigStmt.relation), 'ShareRowExclusiveLock')
  if ('RuleStmt' in node) return on(tableName(node.RuleStmt.relation), ALL)
  if ('CreatePolicyStmt' in node) return on(tableName(node.CreatePolicyStmt.table), ALL)
  if ('AlterPolicyStmt' in node) return on(tableName(node.AlterPolicyStmt.table), ALL)
  if ('CreateStatsStmt' in node)
    return rangeVars(node.CreateStatsStmt.relations).flatMap((table) => on(table, WEAK))
  if ('CommentStmt' in node) return commentEffects(node)
  if ('RenameStmt' in node) return renameEffects(node, schema)
  if ('DropStmt' in node) return dropEffects(node, schema)
  if ('TruncateStmt' in node) return rangeVars(node.TruncateStmt.relations).flatMap((table) => on(table, ALL))
  if ('LockStmt' in node) {
    const lock = lockModeOfNumber(node.LockStmt.mode ?? 8)
    return rangeVars(node.LockStmt.relations).flatMap((table) => on(table, lock))
  }
  if ('VacuumStmt' in node) return vacuumEffects(node)
  if ('ClusterStmt' in node)
    return on(tableName(node.ClusterStmt.relation) || 'every clustered table', ALL, 'rewrite')
  if ('ReindexStmt' in node) return reindexEffects(node, schema)
  if ('RefreshMatViewStmt' in node) {
    const { relation, concurrent } = node.RefreshMatViewStmt
    return concurrent
      ? on(tableName(relation), 'ExclusiveLock', 'scan')
      : on(tableName(relation), ALL, 'rewrite')
  }
  return [...writtenByWith(node), ...writeEffects(node)]
}

/** Writes within WITH, which run whatever the main statement does. */
function writtenByWith(node: Node): Effect[] {
  const [statement] = Object.values(node) as { withClause?: WithClause }[]
  return (statement?.withClause?.ctes ?? []).flatMap((cte) => {
    const query = 'CommonTableExpr' in cte ? cte.CommonTableExpr.ctequery : undefined
    return query ? writeEffects(query) : []
  })
}

function writeEffects(node: Node): Effect[] {
  const write = (table: string, work: Work): Effect[] => [{ table, lock: 'RowExclusiveLock', work }]
  if ('UpdateStmt' in node) return write(tableName(node.UpdateStmt.relation), 'rows')
  if ('DeleteStmt' in node) return write(tableName(node.DeleteStmt.relation), 'rows')
  if ('MergeStmt' in node) return write(tableName(node.MergeStmt.relation), 'rows')
  if (!('InsertStmt' in node)) return []
  const { relation, selectStmt } = node.InsertStmt
  return write(tableName(relation), insertsFewRows(selectStmt) ? 'none' : 'rows')
}

/** `VALUES …` and `SELECT` without FROM; anything else may read a large table. */
function insertsFewRows(select: Node | undefined): boolean {
  return !select || !('SelectStmt' in select) || (select.SelectStmt.fromClause ?? []).length === 0
}

function referencedTables(node: Extract<Node, { CreateStmt: unknown }>): string[] {
  const constraints = (node.CreateStmt.tableElts ?? []).flatMap((element) => {
    if ('Constraint' in element) return [element.Constraint]
    return 'ColumnDef' in element ? constraintsOf(element.ColumnDef) : []
  })
  const own = tableName(node.CreateStmt.relation)
  const named = constraints.flatMap(({ pktable }) => (pktable ? [tableName(pktable)] : []))
  return [...new Set(named)].filter((table) => table !== own)
}

function commentEffects(node: Extract<Node, { CommentStmt: unknown }>): Effect[] {
  const { objtype, object } = node.CommentStmt
  if (!object || (objtype !== 'OBJECT_TABLE' && objtype !== 'OBJECT_COLUMN')) return []
  const name = qualifiedName(object)
  const table = objtype === 'OBJECT_TABLE' ? name : name.split('.').slice(0, -1).join('.')
  return [{ table, lock: WEAK, work: 'none' }]
}

function renameEffects(node: Extract<Node, { RenameStmt: unknown }>, schema: SchemaState): Effect[] {
  const { renameType, relation } = node.RenameStmt
  if (!relation) return []
  const name = tableName(relation)
  // An index is renamed under its own lock; its table stays free.
  if (renameType === 'OBJECT_INDEX')
    return schema.table(name) ? [{ table: name, lock: ALL, work: 'none' }] : []
  return [{ table: name, lock: ALL, work: 'none' }]
}

function dropEffects(node: Extract<Node, { DropStmt: unknown }>, schema: SchemaState): Effect[] {
  const { removeType, objects, concurrent } = node.DropStmt
  return (objects ?? []).flatMap((object): Effect[] => {
    const name = qualifiedName(object)
    switch (removeType) {
      case 'OBJECT_TABLE': {
        const referenced = (schema.table(name)?.keys ?? []).flatMap(({ references }) => references ?? [])
        return [...new Set([name, ...referenced])].map((table) => ({ table, lock: ALL, work: 'none' }))
      }
      case 'OBJECT_INDEX': {
        const table = schema.tableOfIndex(name)?.name ?? `the table of index ${name}`
        return [{ table, lock: concurrent ? WEAK : ALL, work: 'none' }]
      }
      case 'OBJECT_MATVIEW':
      case 'OBJECT_VIEW':
        return [{ table: name, lock: ALL, work: 'none' }]
      case 'OBJECT_TRIGGER':
      case 'OBJECT_POLICY':
      case 'OBJECT_RULE': // their names are table and object
        return [{ table: name.split('.').slice(0, -1).join('.'), lock: ALL, work: 'none' }]
      default:
        return []
    }
  })
}

function vacuumEffects(node: Extract<Node, { VacuumStmt: unknown }>): Effect[] {
  const { rels, options } = node.VacuumStmt
  const full = hasOption(options, 'full')
  const tables = (rels ?? []).map((node) =>
    'VacuumRelation' in node ? tableName(node.VacuumRelation.relation) : '',
  )
  const named = tables.length > 0 ? tables : ['every table']
  return named.map((table) =>
    full ? { table, lock: ALL, work: 'rewrite' } : { table, lock: WEAK, work: 'scan' },
  )
}

function reindexEffects(node: Extract<Node, { ReindexStmt: unknown }>, schema: SchemaState): Effect[] {
  const { kind, relation, params } = node.ReindexStmt
  const name = tableName(relation)
  const index = kind === 'REINDEX_OBJECT_INDEX' ? name : null
  const ofIndex = schema.tableOfIndex(name)?.name ?? `the table of index ${name}`
  const table = index ? ofIndex : kind === 'REINDEX_OBJECT_TABLE' ? name : 'every table'
  if (hasOption(params, 'concurrently')) return [{ table, lock: WEAK, work: 'index' }]
  // The index itself is locked as well, and no query on its table can be planned without it.
  return [
    { table, lock: 'ShareLock', work: 'index' },
    { table: index ?? `each index of ${table}`, lock: ALL, work: 'index' },
  ]
}

function rangeVars(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('RangeVar' in node ? [tableName(node.RangeVar)] : []))
}
