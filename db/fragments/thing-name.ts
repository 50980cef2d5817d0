import { type SQL, sql } from 'drizzle-orm'
import { holdsName } from './holds-name'

/** Tables whose rows the audit speaks of by a numeric id, and what their rows are called. */
const NAMED = [
  ['menu_item', 'menu_items', 'name'],
  ['recipe', 'recipes', 'title'],
  ['category', 'categories', 'name'],
  ['ingredient', 'ingredients', 'name'],
  ['supplier', 'suppliers', 'name'],
  ['restaurant', 'restaurants', 'name'],
  ['restaurant_group', 'restaurant_groups', 'name'],
  ['stock_level', 'ingredients', 'name'],
  ['user', 'users', 'name'],
  ['change_set', 'change_sets', 'name'],
  ['recipe_import', 'recipe_imports', 'file_name'],
  ['import', 'imports', 'file_name'],
  ['customer', 'customers', 'name'],
] as const

/**
 * What the thing of a line `a` of the audit is called now, one look-up by key a line; its id where it has no name of
 * its own, such as an API key, whose id is its name. Null for what is gone.
 */
export const thingName: SQL = sql`case a.subject
  ${sql.join(
    NAMED.map(
      ([subject, table, name]) =>
        sql`when ${sql.raw(`'${subject}'`)} then (select t.${sql.raw(name)} from ${sql.raw(table)} t where t.id = a.subject_id::int)`,
    ),
    sql` `,
  )}
  when 'device' then (
    select t.name from devices t where t.restaurant_id = a.restaurant_id and t.id = a.subject_id::int)
  else a.subject_id end`

/** A query for the things, `subject` and `subject_id`, whose name holds a piece of text; of one kind or of all. */
export function thingsNamed(piece: string, kind: string | null): SQL {
  const tables = NAMED.filter(([subject]) => kind === null || subject === kind)
  if (tables.length === 0) return sql`select null::text as subject, null::text as subject_id where false`
  return sql.join(
    tables.map(
      ([subject, table, name]) => sql`(
        select ${sql.raw(`'${subject}'`)} as subject, t.id::text as subject_id from ${sql.raw(table)} t
        where ${holdsName(sql`t.${sql.raw(name)}`, piece)} limit 200)`,
    ),
    sql` union all `,
  )
}
