import type { AlterTableCmd, AlterTableStmt, Constraint, Node } from 'libpg-query'
import { type LockMode, stronger } from '../lock-modes'
import type { Effect, Work } from './effects'
import { retyping } from './retyping'
import { columnType, constraintsOf, type SchemaState, type Table } from './schema-state'
import { strings, tableName } from './syntax'

const WEAK = 'ShareUpdateExclusiveLock'
const NO_WRITES = 'ShareRowExclusiveLock'
const ALL = 'AccessExclusiveLock'

/** Subcommands that let reads, or reads and writes, go on; all others take ACCESS EXCLUSIVE. */
const MILDER: Partial<Record<NonNullable<AlterTableCmd['subtype']>, LockMode>> = {
  AT_SetStatistics: WEAK,
  AT_SetOptions: WEAK,
  AT_ResetOptions: WEAK,
  AT_SetRelOptions: WEAK,
  AT_ResetRelOptions: WEAK,
  AT_ValidateConstraint: WEAK,
  AT_ClusterOn: WEAK,
  AT_DropCluster: WEAK,
  AT_AttachPartition: WEAK,
  AT_EnableTrig: NO_WRITES,
  AT_EnableAlwaysTrig: NO_WRITES,
  AT_EnableReplicaTrig: NO_WRITES,
  AT_DisableTrig: NO_WRITES,
  AT_EnableTrigAll: NO_WRITES,
  AT_DisableTrigAll: NO_WRITES,
  AT_EnableTrigUser: NO_WRITES,
  AT_DisableTrigUser: NO_WRITES,
}
const REWRITING = new Set([
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_SetTableSpace',
  'AT_SetAccessMethod',
  'AT_SetExpression',
])
/** Functions that PostgreSQL evaluates once for all rows, so that a default made of them is instant. */
const STABLE_FUNCTIONS = new Set(['now', 'transaction_timestamp', 'statement_timestamp'])
const SERIAL = new Set(['serial', 'bigserial', 'smallserial'])

/** The locks of an ALTER TABLE: of all its subcommands the strongest lock on its own table, and those on others. */
export function alterTableEffects(statement: AlterTableStmt, schema: SchemaState): Effect[] {
  const name = tableName(statement.relation)
  if (statement.objtype !== 'OBJECT_TABLE') return []
  const commands = (statement.cmds ?? []).flatMap((node) =>
    'AlterTableCmd' in node ? [node.AlterTableCmd] : [],
  )
  const effects = commands.flatMap((command) => commandEffects(name, command, schema.table(name)))
  const own = effects.filter(({ table }) => table === name)
  if (own.length === 0) return effects
  const lock = own.map((effect) => effect.lock).reduce(stronger)
  const work = longest(own.map((effect) => effect.work))
  return [{ table: name, lock, work }, ...effects.filter(({ table }) => table !== name)]
}

function commandEffects(name: string, command: AlterTableCmd, table: Table | undefined): Effect[] {
  const { subtype, def } = command
  if (subtype === undefined) return []
  if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def)
    return constraintEffects(name, def.Constraint, table)
  if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def) {
    const constraints = constraintsOf(def.ColumnDef)
    const work = constraints.map(({ contype }) => COLUMN_CONSTRAINT_WORK[contype ?? ''] ?? 'none')
    const rewrites = constraints.some(fillsRows) || SERIAL.has(columnType(def.ColumnDef.typeName)?.name ?? '')
    const referenced = constraints.flatMap(({ pktable }) => (pktable ? [tableName(pktable)] : []))
    return [
      { table: name, lock: ALL, work: longest(rewrites ? [...work, 'rewrite'] : work) },
      ...referenced.map((other): Effect => ({ table: other, lock: NO_WRITES, work: 'none' })),
    ]
  }
  const key = table?.keys.find((each) => each.name === command.name)
  if (subtype === 'AT_DropConstraint' && key?.references && key.references !== name)
    return [name, key.references].map((each) => ({ table: each, lock: ALL, work: 'none' }))
  if (subtype === 'AT_ValidateConstraint' && key?.references && key.references !== name)
    return [
      { table: name, lock: WEAK, work: 'scan' },
      { table: key.references, lock: 'RowShareLock', work: 'none' },
    ]
  return [{ table: name, lock: MILDER[subtype] ?? ALL, work: commandWork(command, table) }]
}

function commandWork({ subtype, name = '', def }: AlterTableCmd, table: Table | undefined): Work {
  if (subtype === 'AT_ValidateConstraint') return 'scan'
  if (subtype === 'AT_AlterColumnType' && def && 'ColumnDef' in def)
    return retyping(table?.columns.get(name)?.type ?? null, def.ColumnDef) === 'in place' ? 'none' : 'rewrite'
  if (subtype === 'AT_SetNotNull') return provedNotNull(table, name) ? 'none' : 'scan'
  if (subtype === 'AT_AddIdentity') return 'none'
  return REWRITING.has(subtype ?? '') ? 'rewrite' : 'none'
}

const COLUMN_CONSTRAINT_WORK: Record<string, Work> = {
  CONSTR_CHECK: 'scan',
  CONSTR_FOREIGN: 'scan',
  CONSTR_UNIQUE: 'index',
  CONSTR_PRIMARY: 'index',
}

function constraintEffects(name: string, constraint: Constraint, table: Table | undefined): Effect[] {
  const { contype, skip_validation, pktable, indexname } = constraint
  const scan: Work = skip_validation ? 'none' : 'scan'
  if (contype === 'CONSTR_FOREIGN') {
    const tables = [...new Set([name, tableName(pktable)])]
    return tables.map((each) => ({ table: each, lock: NO_WRITES, work: each === name ? scan : 'none' }))
  }
  if (contype === 'CONSTR_PRIMARY' && indexname !== undefined) {
    const columns = table?.indexes.find((index) => index.name === indexname)?.columns
    const proved = columns?.every((column) => provedNotNull(table, column)) ?? false
    return [{ table: name, lock: ALL, work: proved ? 'none' : 'scan' }]
  }
  if (contype === 'CONSTR_CHECK') return [{ table: name, lock: ALL, work: scan }]
  if (contype === 'CONSTR_NOTNULL') {
    const proved = provedNotNull(table, strings(constraint.keys)[0] ?? '')
    return [{ table: name, lock: ALL, work: proved ? 'none' : scan }]
  }
  return [{ table: name, lock: ALL, work: indexname === undefined ? 'index' : 'none' }]
}

/** A validated check spares PostgreSQL the scan (since 12). */
function provedNotNull(table: Table | undefined, column: string): boolean {
  if (table?.columns.get(column)?.notNull) return true
  return (table?.checks ?? []).some(({ valid, notNullColumns }) => valid && notNullColumns.includes(column))
}

/** Whether adding the column writes every row: a value of its own for each. */
function fillsRows({ contype, generated_kind, raw_expr }: Constraint): boolean {
  if (contype === 'CONSTR_IDENTITY') return true
  if (contype === 'CONSTR_GENERATED') return generated_kind !== 'v'
  return contype === 'CONSTR_DEFAULT' && !isConstant(raw_expr)
}

function isConstant(expression: Node | undefined): boolean {
  if (!expression) return true
  if ('A_Const' in expression || 'SQLValueFunction' in expression) return true
  if ('TypeCast' in expression) return isConstant(expression.TypeCast.arg)
  if ('A_ArrayExpr' in expression) return (expression.A_ArrayExpr.elements ?? []).every(isConstant)
  if ('A_Expr' in expression)
    return isConstant(expression.A_Expr.lexpr) && isConstant(expression.A_Expr.rexpr)
  if (!('FuncCall' in expression)) return false
  return STABLE_FUNCTIONS.has(strings(expression.FuncCall.funcname).at(-1) ?? '')
}

function longest(works: readonly Work[]): Work {
  const order: readonly Work[] = ['rewrite', 'index', 'scan', 'rows']
  return order.find((work) => works.includes(work)) ?? 'none'
}
