import { sql } from 'drizzle-orm'
import { searchWords } from '@/domain/recipe-search'
import type { Db } from '../client'

/** A word of a search and where it may stand. */
export type ResolvedWord = {
  word: string
  /** The text of a tsquery of `recipe_words` that finds it in titles. */
  query: string
  /** Ingredients and chefs with the word in their name. */
  ingredientIds: number[]
  chefIds: number[]
}

/**
 * Looks the words up in the names of ingredients and chefs, a few thousand rows with an index, so that the search can
 * ask recipes for their ids: a renamed ingredient is found under its new name at once. The last word may be the
 * beginning of one. Words that say nothing ("with", "the") are left out.
 */
export async function resolveWords(db: Db, text: string): Promise<ResolvedWord[]> {
  const words = searchWords(text)
  if (words.length === 0) return []
  const rows = await db.execute<ResolvedWord>(sql`
    select w.word, w.query::text as query,
      array(select id from ingredients where to_tsvector('recipe_words', name) @@ w.query order by id) as "ingredientIds",
      array(select id from chefs where to_tsvector('recipe_words', name) @@ w.query order by id) as "chefIds"
    from (
      select word, place,
        to_tsquery('recipe_words', word || case place when ${words.length}::int then ':*' else '' end) as query
      from unnest(${sql.param(words)}::text[]) with ordinality as typed (word, place)
    ) w
    where numnode(w.query) > 0
    order by w.place`)
  return [...rows]
}

/**
 * The words with each one that stands nowhere replaced by the known word that looks most like it, or null where that
 * changes nothing. Likeness is the share of three-letter pieces in common (pg_trgm), at least 0.3.
 */
export async function correctWords(db: Db, words: readonly ResolvedWord[]): Promise<string | null> {
  const doubtful = words.filter(({ ingredientIds, chefIds }) => ingredientIds.length + chefIds.length === 0)
  const found = await db.execute<{ word: string; instead: string }>(sql`
    select typed.word, nearest.word as instead
    from unnest(${sql.param(doubtful.map(({ word }) => word))}::text[],
      ${sql.param(doubtful.map(({ query }) => query))}::text[]) as typed (word, query)
    cross join lateral (
      select s.word from search_words s
      where s.word % unaccent(typed.word)
      order by similarity(s.word, unaccent(typed.word)) desc, s.uses desc, s.word
      limit 1
    ) nearest
    where not exists (select from recipes where title_words @@ typed.query::tsquery)`)
  if (found.length === 0) return null
  const instead = new Map(found.map((row) => [row.word, row.instead]))
  return words.map(({ word }) => instead.get(word) ?? word).join(' ')
}
