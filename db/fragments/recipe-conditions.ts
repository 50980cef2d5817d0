import { type SQL, sql } from 'drizzle-orm'
import { DIFFICULTIES } from '@/domain/recipe'
import type { RecipeSearch } from '@/domain/recipe-search'
import type { Diet } from '@/domain/vocabulary'
import { hasEachOf, hasNoneOf } from './recipe-ingredients'
import type { ResolvedWord } from './recipe-words'

/** A search with what it speaks of looked up: see `resolveRecipeSearch`. */
export type RecipeTerms = {
  /** With the words that are looked for. */
  search: RecipeSearch
  /** The known words that look most like the typed ones, where one of those stands nowhere. */
  instead: string | null
  words: readonly ResolvedWord[]
  /** Ingredients that a card may not have: those excluded, and those out of stock where stock is asked for. */
  forbidden: readonly number[]
  /** In the whole book, about, as of its last ANALYZE; null where it was of no use. */
  recipes: number | null
}

/** What a recipe `r` must meet: `facet` counts a choice, and so leaves its own condition out. */
export type RecipeCondition = {
  facet: 'cuisine' | 'difficulty' | 'prep' | null
  /** Of the parts that go with any order, the ones by which an index finds few recipes. */
  narrow?: true
  /** Cheap to ask of one row. */
  sql: SQL
  /** The same where an index can find the rows; `sql` itself unless said. */
  indexed?: SQL
}

/** The parts of a search but its words. */
export function recipeConditions({ search, words, forbidden }: RecipeTerms): RecipeCondition[] {
  const conditions: RecipeCondition[] = []
  const { cuisines, difficulties, diets, maxPrepMinutes, minChefExperience, contains } = search
  if (cuisines.length === 1) conditions.push({ facet: 'cuisine', sql: sql`r.cuisine = ${cuisines[0]}` })
  else if (cuisines.length)
    conditions.push({ facet: 'cuisine', sql: sql`r.cuisine = any(${sql.param(cuisines)}::text[])` })
  if (difficulties.length)
    conditions.push({
      facet: 'difficulty',
      sql: sql`r.difficulty = any(${sql.param(difficulties.map(difficultyLevel))}::int[])`,
    })
  if (maxPrepMinutes !== null)
    conditions.push({ facet: 'prep', sql: sql`r.prep_time <= ${maxPrepMinutes}::int` })
  if (minChefExperience !== null)
    conditions.push(experience(minChefExperience, words.length + contains.length === 0))
  if (diets.length)
    // No facet's own: who chooses one more diet gets fewer, so that each is counted under the chosen ones.
    conditions.push({ facet: null, narrow: true, ...goesWithEach(diets) })
  if (contains.length) conditions.push({ facet: null, narrow: true, ...hasEachOf(contains) })
  if (forbidden.length) conditions.push({ facet: null, sql: hasNoneOf(forbidden) })
  return conditions
}

/** 1 easy, 2 medium, 3 hard. */
export const difficultyLevel = (difficulty: (typeof DIFFICULTIES)[number]): number =>
  DIFFICULTIES.indexOf(difficulty) + 1

/** Where words or ingredients make recipes rare, the lists of some hundred chefs are longer than what they would save. */
function experience(years: number, isAlone: boolean): RecipeCondition {
  const chefs = sql`select id from chefs where experience_years >= ${years}::int`
  return {
    facet: null,
    narrow: true,
    // Hashed once: the subquery depends on nothing.
    sql: sql`r.chef_id in (${chefs})`,
    indexed: isAlone ? sql`r.chef_id = any(array(${chefs}))` : sql`(r.chef_id in (${chefs})) is true`,
  }
}

/** One by one a row is asked sooner than by the operator that an index knows. */
function goesWithEach(diets: readonly Diet[]): { sql: SQL; indexed: SQL } {
  const asked = diets.map((diet) => sql`${diet} = any(r.dietary_restrictions)`)
  return {
    sql: sql.join(asked, sql` and `),
    indexed: sql`r.dietary_restrictions @> ${sql.param(diets)}::text[]`,
  }
}

export const allOf = (conditions: readonly SQL[]): SQL => sql.join([sql`true`, ...conditions], sql` and `)
