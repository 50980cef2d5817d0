import { type SQL, sql } from 'drizzle-orm'

/** A word of a search and where it may stand. */
export type ResolvedWord = {
  word: string
  /** The text of a tsquery of `recipe_words` that finds it in titles. */
  query: string
  /** Ingredients and chefs with the word in their name. */
  ingredientIds: number[]
  chefIds: number[]
}

/** As it was typed; where it stands nowhere, with the known word that looks most like it, if one does. */
export type TypedWord = ResolvedWord & { instead: ResolvedWord | null }

/**
 * The typed words as one JSON array of `TypedWord`. They are looked up in the names of ingredients and chefs, a few
 * thousand rows with an index, so that the search can ask recipes for their ids: a renamed ingredient is found under its
 * new name at once. The last word may be the beginning of one. Words that say nothing ("with", "the") are left out.
 *
 * Its rows are known by their number and not by an array's length, so that PostgreSQL keeps the plan.
 *
 * A word that stands in no name and no title is answered by the known one with the largest share of three-letter pieces in
 * common (pg_trgm), at least 0.3. That a title has it, `search_words` mostly knows; only what is new since the last rollup
 * or is the beginning of a word is looked up in the titles themselves.
 */
export const typedWords = (words: readonly string[]): SQL => sql`(
  with typed as materialized (
    select word, place, ${queryOf(words, sql.raw('word'))} as query
    from (values ${sql.join(
      words.map((word, place) => sql`(${word}::text, ${sql.raw(String(place))})`),
      sql`, `,
    )}) as typed (word, place)
  ), named as materialized (
    select word, place, query, ${idsNamed('ingredients')} as ingredients, ${idsNamed('chefs')} as chefs
    from typed where numnode(query) > 0
  ), nearest as materialized (
    select typed.place, near.word, ${queryOf(words, sql.raw('near.word'))} as query
    from named as typed
    cross join lateral (
      select s.word from search_words s
      where s.word % unaccent(typed.word)
      order by similarity(s.word, unaccent(typed.word)) desc, s.uses desc, s.word
      limit 1
    ) near
    where case
      when cardinality(typed.ingredients) + cardinality(typed.chefs) > 0 then false
      when exists (select from search_words where word = unaccent(typed.word)) then false
      else not exists (with titled as materialized (select from recipes where title_stems @@ typed.query) select from titled)
    end
  ), instead as materialized (
    select place, word, query, ${idsNamed('ingredients')} as ingredients, ${idsNamed('chefs')} as chefs from nearest
  )
  select coalesce(jsonb_agg(${asJson('named')} || jsonb_build_object('instead',
    case when instead.place is not null then ${asJson('instead')} end) order by named.place), '[]')
  from named left join instead using (place)
)`

/** What is typed last may go on. */
const queryOf = (words: readonly string[], word: SQL) =>
  sql`to_tsquery('recipe_words', ${word} || case place when ${sql.raw(String(words.length - 1))} then ':*' else '' end)`

const idsNamed = (table: 'ingredients' | 'chefs') =>
  sql`array(select id from ${sql.raw(table)} where to_tsvector('recipe_words', name) @@ query order by id)`

const asJson = (table: 'named' | 'instead') => {
  const column = (name: string) => sql.raw(`${table}.${name}`)
  return sql`jsonb_build_object('word', ${column('word')}, 'query', ${column('query')}::text,
    'ingredientIds', ${column('ingredients')}, 'chefIds', ${column('chefs')})`
}
