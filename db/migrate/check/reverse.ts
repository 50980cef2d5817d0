import type { AlterTableCmd, Node, RangeVar } from 'libpg-query'
import type { SchemaState } from './schema-state'
import { qualifiedName, strings } from './syntax'

/**
 * SQL that takes back what a statement adds, or null where it takes away or changes rows: then only a backup does.
 * @param schema as it was before the statement
 */
export function reverseOf(node: Node, schema: SchemaState): string | null {
  if ('CreateStmt' in node) return `DROP TABLE ${quoted(node.CreateStmt.relation)}`
  if ('IndexStmt' in node) {
    const { idxname, concurrent } = node.IndexStmt
    if (idxname === undefined) return null
    return `DROP INDEX ${concurrent ? 'CONCURRENTLY IF EXISTS ' : ''}${quote(idxname)}`
  }
  if ('CreateTrigStmt' in node) {
    const { trigname = '', relation, replace } = node.CreateTrigStmt
    return replace ? null : `DROP TRIGGER ${quote(trigname)} ON ${quoted(relation)}`
  }
  if ('CreateFunctionStmt' in node) {
    const { replace, funcname, is_procedure } = node.CreateFunctionStmt
    return replace ? null : `DROP ${is_procedure ? 'PROCEDURE' : 'FUNCTION'} ${quoteAll(strings(funcname))}`
  }
  if ('ViewStmt' in node) return node.ViewStmt.replace ? null : `DROP VIEW ${quoted(node.ViewStmt.view)}`
  if ('CreateTableAsStmt' in node) {
    const { objtype, into } = node.CreateTableAsStmt
    return `DROP ${objtype === 'OBJECT_MATVIEW' ? 'MATERIALIZED VIEW' : 'TABLE'} ${quoted(into?.rel)}`
  }
  if ('CreateStatsStmt' in node) {
    const names = strings(node.CreateStatsStmt.defnames)
    return names.length > 0 ? `DROP STATISTICS ${quoteAll(names)}` : null
  }
  if ('CreateExtensionStmt' in node) return `DROP EXTENSION ${quote(node.CreateExtensionStmt.extname ?? '')}`
  if ('AlterTableStmt' in node) return reverseOfAlter(node, schema)
  return null
}

function reverseOfAlter(
  node: Extract<Node, { AlterTableStmt: unknown }>,
  schema: SchemaState,
): string | null {
  const { relation, cmds } = node.AlterTableStmt
  const commands = (cmds ?? []).flatMap((each) => ('AlterTableCmd' in each ? [each.AlterTableCmd] : []))
  const table = schema.table(qualifiedName({ String: { sval: relation?.relname ?? '' } }))
  const reversed = commands.map((command) => reverseOfCommand(command, table?.columns))
  if (reversed.some((each) => each === null)) return null
  const changes = reversed.filter((each) => each !== '')
  // What leaves nothing behind needs no reverse.
  return changes.length === 0 ? '' : `ALTER TABLE ${quoted(relation)} ${changes.toReversed().join(', ')}`
}

function reverseOfCommand(
  { subtype, name = '', def }: AlterTableCmd,
  columns: ReadonlyMap<string, { notNull: boolean }> | undefined,
): string | null {
  switch (subtype) {
    case 'AT_AddColumn':
      return def && 'ColumnDef' in def ? `DROP COLUMN ${quote(def.ColumnDef.colname ?? '')}` : null
    case 'AT_AddConstraint': {
      const constraint = def && 'Constraint' in def ? def.Constraint.conname : undefined
      return constraint === undefined ? null : `DROP CONSTRAINT IF EXISTS ${quote(constraint)}`
    }
    case 'AT_SetNotNull':
      return columns?.get(name)?.notNull ? '' : `ALTER COLUMN ${quote(name)} DROP NOT NULL`
    case 'AT_ValidateConstraint':
      return ''
    default:
      return null
  }
}

function quoted(relation: RangeVar | undefined): string {
  const { schemaname, relname = '' } = relation ?? {}
  return schemaname ? `${quote(schemaname)}.${quote(relname)}` : quote(relname)
}

function quoteAll(names: readonly string[]): string {
  return names.map(quote).join('.')
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
