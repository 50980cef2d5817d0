import type { Finding } from '../finding'
import { PERMANENT_TABLES } from '../permanent-tables'
import type { Index, Key, SchemaState, Table } from '../schema-state'

const TENANT = 'restaurant_id'

/** Looks at the tables as all files together leave them, so that an index may come before or after its key. */
export function keyFindings(schema: SchemaState): Finding[] {
  const tables = [...schema.tables.values()]
  return tables.flatMap((table) => [
    ...uncoveredForeignKeys(table),
    ...(isTenantTable(table) ? tenantKeys(table, schema) : []),
  ])
}

function uncoveredForeignKeys(table: Table): Finding[] {
  const indexed = [
    ...table.indexes.map(({ columns }) => columns),
    ...table.keys.filter(({ kind }) => kind !== 'foreign').map(({ columns }) => columns),
  ]
  const covers = (columns: string[], wanted: string[]) => {
    const first = columns.slice(0, wanted.length)
    return first.length === wanted.length && wanted.every((column) => first.includes(column))
  }
  return table.keys
    .filter(({ kind, references }) => kind === 'foreign' && !PERMANENT_TABLES.has(references ?? ''))
    .filter(({ columns }) => !indexed.some((index) => covers(index, columns)))
    .map(({ columns, references, origin }) => ({
      ...origin,
      rule: 'uncovered-foreign-key',
      problem: `No index of ${table.name} begins with ${columns.join(', ')}, which references ${references}.`,
      locks: `Each DELETE in ${references}, or change of its key, reads all of ${table.name} and keeps its row of ${references} locked meanwhile.`,
      safe: `CREATE INDEX CONCURRENTLY … ON ${table.name} (${columns.join(', ')}) in a file of its own; or, if rows of ${references} are never deleted, its name in db/migrate/check/permanent-tables.ts.`,
    }))
}

function isTenantTable({ name, columns }: Table): boolean {
  return name !== 'restaurants' && (columns.get(TENANT)?.notNull ?? false)
}

function tenantKeys(table: Table, schema: SchemaState): Finding[] {
  const finding = ({ columns, origin }: Key | Index, kind: string): Finding => ({
    ...origin,
    rule: 'tenant-key',
    problem: `${kind} of ${table.name} (${columns.join(', ')}) does not begin with ${TENANT}.`,
    locks:
      'Nothing now. Later: a row of one restaurant could refer to or collide with a row of another, and the rows of one restaurant lie scattered over the index.',
    safe: `Begin it with ${TENANT}.`,
  })
  const crosses = ({ kind, references }: Key) => {
    if (kind !== 'foreign') return true
    const target = schema.table(references ?? '')
    return target !== undefined && isTenantTable(target)
  }
  const names = { primary: 'The primary key', unique: 'A unique key', foreign: 'A foreign key' }
  const notFirst = ({ columns }: Key | Index) => columns[0] !== TENANT
  return [
    ...table.keys.filter((key) => notFirst(key) && crosses(key)).map((key) => finding(key, names[key.kind])),
    ...table.indexes
      .filter((index) => index.unique && notFirst(index))
      .map((index) => finding(index, 'A unique index')),
  ]
}
