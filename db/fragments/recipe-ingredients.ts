import { type SQL, sql } from 'drizzle-orm'

/** So many ids are compared one by one; PostgreSQL takes both arrays apart first to compare more, for two microseconds. */
const FEW = 8

const arrayOf = (ids: readonly number[]) => sql`${sql.param(ids)}::int[]`
const has = (id: number) => sql`${id}::int = any(r.ingredient_ids)`

/** The card of recipe `r` has all of the ingredients. Of many the index looks up the first: hardly a card has those. */
export function hasEachOf(ids: readonly number[]): { sql: SQL; indexed: SQL } {
  const few = ids.slice(0, FEW)
  const indexed = sql`r.ingredient_ids @> ${arrayOf(few)}`
  const fewOneByOne = sql.join(few.map(has), sql` and `)
  if (few.length === ids.length) return { sql: fewOneByOne, indexed }
  const all = sql`(r.ingredient_ids @> ${arrayOf(ids)}) is true`
  return { sql: sql`${fewOneByOne} and ${all}`, indexed: sql`${indexed} and ${all}` }
}

/** The card has at least one of the ingredients. */
export const hasOneOf = (ids: readonly number[]): { sql: SQL; indexed: SQL } => ({
  sql: someLineIn(ids),
  indexed: overlaps(ids),
})

/** The card has none of the ingredients. No index finds what isn't there, so each row is asked. */
export const hasNoneOf = (ids: readonly number[]): SQL => sql`not ${someLineIn(ids)}`

const overlaps = (ids: readonly number[]) => sql`r.ingredient_ids && ${arrayOf(ids)}`

/** From so many ids on, looking up each line of a card by hash takes less than comparing it with every id. */
const MANY = 40
/** Hardly a card is longer. */
const LINES = 10

/** What is cheapest for one row. Of many ids a CASE, since its order is kept and it ends with the first line found. */
function someLineIn(ids: readonly number[]): SQL {
  if (ids.length <= FEW) return sql`(${sql.join(ids.map(has), sql` or `)})`
  if (ids.length < MANY) return sql`(${overlaps(ids)})`
  const isOneOfThem = Array.from({ length: LINES }, (_, index) => {
    const line = sql`r.ingredient_ids[${sql.raw(String(index + 1))}]`
    return sql`when ${line} in (select unnest(${arrayOf(ids)})) then true`
  })
  return sql`(case ${sql.join(isOneOfThem, sql` `)}
    when cardinality(r.ingredient_ids) <= ${sql.raw(String(LINES))} then false else ${overlaps(ids)} end)`
}
