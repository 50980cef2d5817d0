import { type SQL, sql } from 'drizzle-orm'
import { allOf, type RecipeCondition } from './recipe-conditions'
import { hasOneOf } from './recipe-ingredients'
import type { ResolvedWord } from './recipe-words'

/** Where a word of a search may stand. */
type Place = 'title' | 'ingredient' | 'chef'

const PLACES: readonly Place[] = ['title', 'ingredient', 'chef']
const BESIDE: readonly Place[] = ['ingredient', 'chef']

/** The most ways in which the first words may be spread over places that an index is asked for. */
const MOST_WAYS = 12

/** Each word stands somewhere. */
export const hasWords = (words: readonly ResolvedWord[]): RecipeCondition[] =>
  words.length ? [spread(words, PLACES, () => true)] : []

/** All words stand in the title. */
export const hasTitle = (words: readonly ResolvedWord[]): RecipeCondition => ({
  facet: null,
  narrow: true,
  sql: titleHas(words, '&'),
})

/** How well a recipe that has the words somewhere does: 0 all in the title, 1 some of them, 2 none. */
export const tierOf = (words: readonly ResolvedWord[]): SQL =>
  sql`case when ${titleHas(words, '&')} then 0 when ${titleHas(words, '|')} then 1 else 2 end`

/** Each word stands somewhere, some but not all of them in the title; null where no recipe can be like that. */
export function hasWordsAround(words: readonly ResolvedWord[]): RecipeCondition | null {
  if (words.length < 2 || !words.some(standsBeside)) return null
  const condition = spread(
    words,
    PLACES,
    (way) => way.includes('title') && way.some((place) => place !== 'title'),
  )
  const around = sql`${titleHas(words, '|')} and not ${titleHas(words, '&')}`
  return and(condition, around)
}

/** Each word stands in ingredients or the chef's name, none in the title; null where no recipe can be like that. */
export function hasWordsBeside(words: readonly ResolvedWord[]): RecipeCondition | null {
  if (words.length === 0 || !words.every(standsBeside)) return null
  return and(
    spread(words, BESIDE, () => true),
    sql`not ${titleHas(words, '|')}`,
  )
}

const standsBeside = ({ ingredientIds, chefIds }: ResolvedWord) => ingredientIds.length + chefIds.length > 0

/** `also` is asked of the rows that the index found: looking it up there as well would read the long lists twice. */
const and = (condition: RecipeCondition, also: SQL): RecipeCondition => ({
  ...condition,
  sql: sql`${condition.sql} and ${also}`,
  indexed: sql`${condition.indexed ?? condition.sql} and (${also}) is true`,
})

/**
 * Each word stands in one of the places. For the index it is written out as every way in which the words may be spread
 * (one in the title and the other in an ingredient, the other way round, …): an index intersects within one way, but not
 * between alternatives. `fits` leaves out ways that the caller excludes anyway.
 */
function spread(
  words: readonly ResolvedWord[],
  places: readonly Place[],
  fits: (way: readonly Place[]) => boolean,
): RecipeCondition {
  const rowwise = allOf(
    words.map((word) => {
      const anywhere = placesOf(word, places).map((place) => stands(word, place).sql)
      return sql`(${sql.join(anywhere, sql` or `)})`
    }),
  )
  const ways = waysOf(words, places)
  // Of more words than were spread, the ones beyond decide too: then every way counts.
  const complete = ways[0]?.length === words.length
  const fitting = ways.filter((way) => !complete || fits(way))
  if (fitting.length === 0) return { facet: null, narrow: true, sql: rowwise, indexed: sql`false` }
  const arms = fitting.map((way) => sql`(${inPlaces(words, way)})`)
  return {
    facet: null,
    narrow: true,
    sql: rowwise,
    indexed: sql`(${sql.join(arms, sql` or `)}) and (${rowwise}) is true`,
  }
}

/** Where the word stands in anything; in titles at least it may. */
const placesOf = ({ ingredientIds, chefIds }: ResolvedWord, places: readonly Place[]): Place[] =>
  places.filter(
    (place) => place === 'title' || (place === 'ingredient' ? ingredientIds.length > 0 : chefIds.length > 0),
  )

/** The ways to spread as many of the first words as there are few ways. */
function waysOf(words: readonly ResolvedWord[], places: readonly Place[]): Place[][] {
  let ways: Place[][] = [[]]
  for (const word of words) {
    const next = ways.flatMap((way) => placesOf(word, places).map((place) => [...way, place]))
    if (next.length > MOST_WAYS) break
    ways = next
  }
  return ways
}

/** The words of the title as one query, so that the index takes them in one go. */
function inPlaces(words: readonly ResolvedWord[], way: readonly Place[]): SQL {
  const spreadWords = words.slice(0, way.length)
  const inTitle = spreadWords.filter((_, index) => way[index] === 'title')
  const beside = spreadWords.flatMap((word, index) => {
    const place = way[index]
    return place === undefined || place === 'title' ? [] : [stands(word, place).indexed]
  })
  return sql.join([...(inTitle.length ? [titleHas(inTitle, '&')] : []), ...beside], sql` and `)
}

function stands(word: ResolvedWord, place: Place): { sql: SQL; indexed: SQL } {
  if (place === 'ingredient') return hasOneOf(word.ingredientIds)
  const condition =
    place === 'title' ? titleHas([word], '&') : sql`r.chef_id = any(${sql.param(word.chefIds)}::int[])`
  return { sql: condition, indexed: condition }
}

const titleHas = (words: readonly ResolvedWord[], operator: '&' | '|'): SQL =>
  sql`r.title_stems @@ ${words.map(({ query }) => `(${query})`).join(` ${operator} `)}::tsquery`
