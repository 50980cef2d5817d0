import { sql } from 'drizzle-orm'
import type { Reference, SheetKind } from '@/domain/sheet'
import type { Db } from '../client'

type Table = 'menu_items' | 'ingredients' | 'suppliers' | 'categories'

const TABLES: Record<Exclude<Reference, 'recipe'>, Table> = { category: 'categories', supplier: 'suppliers' }
export const SHEET_TABLES: Record<Exclude<SheetKind, 'recipe'>, Table> = {
  menu_item: 'menu_items',
  ingredient: 'ingredients',
  supplier: 'suppliers',
}

/** Of each name what people compare it by, and the ids of what is called so. */
export type Found = ReadonlyMap<string, { key: string; ids: readonly number[] }>

/** Tables that may be long, and have an index of names as people compare them. The others are a page or two. */
const INDEXED: readonly Table[] = ['menu_items', 'ingredients']

/** What is called by some names, as people compare names; where one is spelled exactly so, that one. */
export async function findByName(db: Db, table: Table, names: readonly string[]): Promise<Found> {
  if (names.length === 0) return new Map()
  const rows = await db.execute<{
    name: string
    key: string
    ids: number[] | null
    exact: number[] | null
  }>(sql`
    with given as materialized (
      select name, name_key(name) as key from unnest(${sql.param(names)}::text[]) as name
    )
    ${INDEXED.includes(table) ? oneByOne(table) : allAtOnce(table)}`)
  return new Map(rows.map(({ name, key, ids, exact }) => [name, { key, ids: exact ?? ids ?? [] }]))
}

const FOUND = sql`array_agg(t.id order by t.id) filter (where t.id is not null) as ids,
  array_agg(t.id order by t.id) filter (where t.name = given.name) as exact`

const oneByOne = (table: Table) => sql`
  select given.name, given.key, found.ids, found.exact from given
  left join lateral (select ${FOUND} from ${sql.raw(table)} t where name_key(t.name) = given.key) found on true`

const allAtOnce = (table: Table) => sql`
  select given.name, given.key, ${FOUND} from given
  left join ${sql.raw(table)} t on name_key(t.name) = given.key group by given.name, given.key`

/**
 * What cells refer to. A recipe by its name to the letter, of which a book of a million has an index, or by its number
 * (`#12`).
 */
export async function findReferences(db: Db, refers: Reference, texts: readonly string[]): Promise<Found> {
  if (refers !== 'recipe') return findByName(db, TABLES[refers], texts)
  if (texts.length === 0) return new Map()
  const rows = await db.execute<{ text: string; ids: number[] }>(sql`
    select given.text, array(
        select r.id from recipes r where r.title = given.text
        union select r.id from recipes r where given.text ~ '^#[1-9][0-9]{0,8}$' and r.id = substr(given.text, 2)::int
        limit 2
      ) as ids
    from unnest(${sql.param(texts)}::text[]) as given (text)`)
  return new Map(rows.map(({ text, ids }) => [text, { key: text, ids }]))
}
