import type { AlterTableCmd, ColumnDef, Constraint, IndexStmt, Node, TypeName } from 'libpg-query'
import { qualifiedName, strings, tableName } from './syntax'

/** Where something was written. */
export type Origin = { file: string; line: number }
export type ColumnType = { name: string; modifiers: number[]; array: boolean }
type Column = { type: ColumnType | null; notNull: boolean }
export type Key = {
  name: string
  kind: 'primary' | 'unique' | 'foreign'
  columns: string[]
  references: string | null
  origin: Origin
}
/** `columns` up to the first expression. */
export type Index = { name: string; columns: string[]; unique: boolean; origin: Origin }
type Check = { name: string; notNullColumns: string[]; valid: boolean }
export type Table = {
  name: string
  made: Origin
  columns: Map<string, Column>
  keys: Key[]
  indexes: Index[]
  checks: Check[]
}

/** The tables as the migrations so far have made them: what the files say, without a database. */
export class SchemaState {
  readonly tables = new Map<string, Table>()

  table(name: string): Table | undefined {
    return this.tables.get(name)
  }

  /** The table of an index, also of one that a key has. */
  tableOfIndex(name: string): Table | undefined {
    return [...this.tables.values()].find(({ indexes, keys }) =>
      [...indexes, ...keys.filter(({ kind }) => kind !== 'foreign')].some((each) => each.name === name),
    )
  }

  /** Takes in a statement; what does not concern tables changes nothing. */
  apply(node: Node, origin: Origin): void {
    if ('CreateStmt' in node) {
      const { relation, tableElts } = node.CreateStmt
      const table = this.#make(tableName(relation), origin)
      for (const element of tableElts ?? []) {
        if ('ColumnDef' in element) addColumn(table, element.ColumnDef, origin)
        if ('Constraint' in element) addConstraint(table, element.Constraint, origin)
      }
    } else if ('CreateTableAsStmt' in node) {
      this.#make(tableName(node.CreateTableAsStmt.into?.rel), origin)
    } else if ('IndexStmt' in node) {
      addIndex(this.table(tableName(node.IndexStmt.relation)), node.IndexStmt, origin)
    } else if ('AlterTableStmt' in node) {
      const table = this.table(tableName(node.AlterTableStmt.relation))
      for (const command of node.AlterTableStmt.cmds ?? [])
        if (table && 'AlterTableCmd' in command) alterTable(table, command.AlterTableCmd, origin)
    } else if ('DropStmt' in node) {
      const { removeType, objects } = node.DropStmt
      for (const name of (objects ?? []).map(qualifiedName)) this.#drop(removeType, name)
    } else if ('RenameStmt' in node) {
      const { renameType, relation, subname = '', newname = '' } = node.RenameStmt
      this.#rename(renameType, tableName(relation), subname, newname)
    }
  }

  #make(name: string, made: Origin): Table {
    const table: Table = { name, made, columns: new Map(), keys: [], indexes: [], checks: [] }
    this.tables.set(name, table)
    return table
  }

  #drop(type: string | undefined, name: string): void {
    if (type === 'OBJECT_TABLE' || type === 'OBJECT_MATVIEW') this.tables.delete(name)
    if (type !== 'OBJECT_INDEX') return
    const table = this.tableOfIndex(name)
    if (table) table.indexes = table.indexes.filter((index) => index.name !== name)
  }

  #rename(type: string | undefined, relation: string, from: string, to: string): void {
    const table = this.table(relation)
    if (type === 'OBJECT_TABLE' && table) {
      this.tables.delete(relation)
      table.name = to
      this.tables.set(to, table)
      for (const { keys } of this.tables.values())
        for (const key of keys) if (key.references === relation) key.references = to
    }
    if (type === 'OBJECT_COLUMN' && table) renameColumn(table, from, to)
    if (type === 'OBJECT_TABCONSTRAINT' && table)
      for (const constraint of [...table.keys, ...table.checks])
        if (constraint.name === from) constraint.name = to
    if (type !== 'OBJECT_INDEX') return
    const index = this.tableOfIndex(relation)?.indexes.find(({ name }) => name === relation)
    if (index) index.name = to
  }
}

/** A type as written; PostgreSQL's own names for it (`int4`). */
export function columnType(typeName: TypeName | undefined): ColumnType | null {
  const name = strings(typeName?.names).at(-1)
  if (!typeName || name === undefined) return null
  const modifiers = (typeName.typmods ?? []).flatMap((node) =>
    'A_Const' in node ? [node.A_Const.ival?.ival ?? 0] : [],
  )
  return { name, modifiers, array: (typeName.arrayBounds ?? []).length > 0 }
}

export function constraintsOf(column: ColumnDef): Constraint[] {
  return (column.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []))
}

/** The columns that an expression demands to be not null: `a is not null and b is not null`. */
function notNullColumns(expression: Node | undefined): string[] {
  if (!expression) return []
  if ('BoolExpr' in expression && expression.BoolExpr.boolop === 'AND_EXPR')
    return (expression.BoolExpr.args ?? []).flatMap(notNullColumns)
  if (!('NullTest' in expression) || expression.NullTest.nulltesttype !== 'IS_NOT_NULL') return []
  const { arg } = expression.NullTest
  return arg && 'ColumnRef' in arg ? strings(arg.ColumnRef.fields).slice(-1) : []
}

function addColumn(table: Table, definition: ColumnDef, origin: Origin): void {
  const { colname = '', typeName } = definition
  const constraints = constraintsOf(definition)
  const notNull = constraints.some(
    ({ contype }) => contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_IDENTITY',
  )
  table.columns.set(colname, { type: columnType(typeName), notNull })
  for (const constraint of constraints) addConstraint(table, constraint, origin, colname)
}

function addConstraint(table: Table, constraint: Constraint, origin: Origin, column?: string): void {
  const { contype, conname, pktable, raw_expr, skip_validation, indexname } = constraint
  const own = column === undefined ? undefined : [column]
  const named = (columns: string[], suffix: string) => conname ?? [table.name, ...columns, suffix].join('_')
  if (contype === 'CONSTR_CHECK') {
    const demanded = notNullColumns(raw_expr)
    table.checks.push({ name: named(own ?? [], 'check'), notNullColumns: demanded, valid: !skip_validation })
  }
  if (contype === 'CONSTR_NOTNULL' && column === undefined) {
    const [demanded] = strings(constraint.keys)
    const target = table.columns.get(demanded ?? '')
    if (target && !skip_validation) target.notNull = true
  }
  if (contype === 'CONSTR_FOREIGN') {
    const columns = own ?? strings(constraint.fk_attrs)
    const references = tableName(pktable)
    table.keys.push({ name: named(columns, 'fkey'), kind: 'foreign', columns, references, origin })
  }
  if (contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE') {
    const used = table.indexes.find(({ name }) => name === indexname)
    const columns = own ?? used?.columns ?? strings(constraint.keys)
    const kind = contype === 'CONSTR_PRIMARY' ? 'primary' : 'unique'
    const name = kind === 'primary' ? (conname ?? indexname ?? `${table.name}_pkey`) : named(columns, 'key')
    table.keys.push({ name, kind, columns, references: null, origin })
    table.indexes = table.indexes.filter((index) => index !== used)
    if (kind === 'primary')
      for (const key of columns) {
        const target = table.columns.get(key)
        if (target) target.notNull = true
      }
  }
}

function addIndex(table: Table | undefined, statement: IndexStmt, origin: Origin): void {
  const { idxname, indexParams, unique = false } = statement
  const names = (indexParams ?? []).map((node) => ('IndexElem' in node ? node.IndexElem.name : undefined))
  const firstExpression = names.indexOf(undefined)
  const columns = names.slice(0, firstExpression === -1 ? names.length : firstExpression) as string[]
  const name = idxname ?? [table?.name, ...columns, 'idx'].join('_')
  table?.indexes.push({ name, columns, unique, origin })
}

function alterTable(table: Table, command: AlterTableCmd, origin: Origin): void {
  const { subtype, name = '', def } = command
  const column = table.columns.get(name)
  if (def && 'ColumnDef' in def) {
    if (subtype === 'AT_AddColumn') addColumn(table, def.ColumnDef, origin)
    if (subtype === 'AT_AlterColumnType' && column) column.type = columnType(def.ColumnDef.typeName)
  }
  if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def)
    addConstraint(table, def.Constraint, origin)
  if (subtype === 'AT_SetNotNull' && column) column.notNull = true
  if (subtype === 'AT_DropNotNull' && column) column.notNull = false
  if (subtype === 'AT_DropColumn') dropColumn(table, name)
  if (subtype === 'AT_DropConstraint') {
    table.keys = table.keys.filter((key) => key.name !== name)
    table.checks = table.checks.filter((check) => check.name !== name)
  }
  if (subtype === 'AT_ValidateConstraint')
    for (const check of table.checks) if (check.name === name) check.valid = true
}

function dropColumn(table: Table, name: string): void {
  table.columns.delete(name)
  table.keys = table.keys.filter(({ columns }) => !columns.includes(name))
  table.indexes = table.indexes.filter(({ columns }) => !columns.includes(name))
}

function renameColumn(table: Table, from: string, to: string): void {
  const column = table.columns.get(from)
  table.columns.delete(from)
  if (column) table.columns.set(to, column)
  const renamed = (columns: string[]) => columns.map((name) => (name === from ? to : name))
  for (const each of [...table.keys, ...table.indexes]) each.columns = renamed(each.columns)
  for (const check of table.checks) check.notNullColumns = renamed(check.notNullColumns)
}
