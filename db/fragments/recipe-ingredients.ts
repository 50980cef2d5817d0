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
export function hasOneOf(ids: readonly number[]): { sql: SQL; indexed: SQL } {
  const indexed = sql`r.ingredient_ids && ${arrayOf(ids)}`
  return { sql: ids.length > FEW ? indexed : sql`(${sql.join(ids.map(has), sql` or `)})`, indexed }
}

/**
 * The card has none of the ingredients. No index finds what isn't there, so each row is asked. Of a long list the first
 * lines of the card are looked up by hash: one of them tells nearly always, and comparing every line with every id costs
 * ten times more. A CASE, since its order is kept.
 */
export function hasNoneOf(ids: readonly number[]): SQL {
  if (ids.length <= FEW) return sql`not (${sql.join(ids.map(has), sql` or `)})`
  const isForbidden = (line: number) =>
    sql`when r.ingredient_ids[${sql.raw(String(line))}] in (select unnest(${arrayOf(ids)})) then false`
  return sql`case ${sql.join([1, 2, 3, 4].map(isForbidden), sql` `)}
    else not r.ingredient_ids && ${arrayOf(ids)} end`
}
