import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../client'
import { keyText, type RecordChange, type RecordKey } from './kind'

/** A field's column, its type in SQL, and how it reads as JSON where the column itself is not the value. */
type Column = { column: string; type: string; read?: string; write?: string }

/**
 * Reading and writing for documents whose fields are columns of one table with an integer id. Every name is ours, none
 * of it comes from a request.
 */
export function tableRecords<Doc extends object>(
  table: string,
  columns: { [F in keyof Doc]?: Column },
): {
  read: (db: Db, keys: readonly RecordKey[], lock: boolean) => Promise<Map<string, Doc>>
  write: (tx: Db, changes: readonly RecordChange<Doc>[]) => Promise<void>
} {
  const fields = Object.entries(columns) as [string, Column][]
  const read = fields.map(([field, { column, read }]) => `'${field}', ${read ?? `t.${column}`}`).join(', ')
  const names = fields.map(([, { column }]) => column).join(', ')
  const typed = fields.map(([field, { type }]) => `"${field}" ${type}`).join(', ')
  const given = fields.map(([field, { write }]) => write ?? `g."${field}"`)
  const assigned = fields.map(([, { column }], n) => `${column} = ${given[n]}`).join(', ')
  const source = (rows: readonly object[]): SQL =>
    sql`json_to_recordset(${JSON.stringify(rows)}::text::json) as g (id int, ${sql.raw(typed)})`

  return {
    async read(db, keys, lock) {
      const ids = sql.param(keys.map(({ id }) => id))
      const rows = await db.execute<{ id: number; doc: Doc }>(sql`
        select t.id, json_build_object(${sql.raw(read)}) as doc from ${sql.raw(table)} t
        where t.id = any(${ids}::int[]) order by t.id ${lock ? sql`for no key update` : sql``}`)
      return new Map(rows.map(({ id, doc }) => [keyText({ id, restaurantId: null }), doc]))
    },
    async write(tx, changes) {
      const rowsOf = (isNew: boolean) =>
        changes
          .filter(({ before }) => (before === null) === isNew)
          .map(({ key, after }) => ({ id: key.id, ...after }))
      const [made, changed] = [rowsOf(true), rowsOf(false)]
      if (made.length > 0) {
        await tx.execute(sql`
          insert into ${sql.raw(table)} (id, ${sql.raw(names)}) overriding system value
          select g.id, ${sql.raw(given.join(', '))} from ${source(made)}`)
      }
      if (changed.length > 0) {
        await tx.execute(sql`
          update ${sql.raw(table)} t set ${sql.raw(assigned)} from ${source(changed)} where t.id = g.id`)
      }
    },
  }
}
