import { type SQL, sql } from 'drizzle-orm'
import { DIFFICULTIES } from '@/domain/recipe'
import type { RecipeSearch } from '@/domain/recipe-search'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import type { ResolvedWord } from './recipe-words'

/** A search and the restaurant whose stock must have every ingredient of the card, or null for any. */
export type RecipeFilter = { search: RecipeSearch; stock: RestaurantScope | null }

/** More forbidden ingredients than this are looked up by hash. */
const FEW = 16

/** What a recipe `r` must meet: `facet` counts a choice, and so leaves its own condition out. */
export type RecipeCondition = {
  facet: 'cuisine' | 'difficulty' | 'prep' | null
  /** Cheap to ask of one row. */
  sql: SQL
  /** The same where an index can find the rows; `sql` itself unless said. */
  indexed?: SQL
}

/**
 * The parts of a search but its words. `forbidden` are the ingredients that a card may not have: see
 * `forbiddenIngredients`.
 */
export function recipeConditions(search: RecipeSearch, forbidden: readonly number[]): RecipeCondition[] {
  const conditions: RecipeCondition[] = []
  const { cuisines, difficulties, maxPrepMinutes, minChefExperience, contains } = search
  if (cuisines.length)
    conditions.push({ facet: 'cuisine', sql: sql`r.cuisine = any(${sql.param(cuisines)}::text[])` })
  if (difficulties.length)
    conditions.push({
      facet: 'difficulty',
      sql: sql`r.difficulty = any(${sql.param(difficulties.map(difficultyLevel))}::int[])`,
    })
  if (maxPrepMinutes !== null)
    conditions.push({ facet: 'prep', sql: sql`r.prep_time <= ${maxPrepMinutes}::int` })
  if (minChefExperience !== null) conditions.push(experience(minChefExperience))
  if (contains.length)
    conditions.push({ facet: null, sql: sql`r.ingredient_ids @> ${sql.param(contains)}::int[]` })
  if (forbidden.length) conditions.push({ facet: null, sql: hasNone(forbidden) })
  return conditions
}

/** 1 easy, 2 medium, 3 hard. */
export const difficultyLevel = (difficulty: (typeof DIFFICULTIES)[number]): number =>
  DIFFICULTIES.indexOf(difficulty) + 1

function experience(years: number): RecipeCondition {
  const chefs = sql`select id from chefs where experience_years >= ${years}::int`
  return {
    facet: null,
    // Hashed once: the subquery depends on nothing.
    sql: sql`r.chef_id in (${chefs})`,
    indexed: sql`r.chef_id = any(array(${chefs}))`,
  }
}

/**
 * No index finds what a card does not have, so each row is asked. Of a long list the first lines of the card are looked
 * up by hash: one of them tells nearly always, and comparing every line with every id costs ten times more. A CASE, since
 * its order is kept.
 */
function hasNone(ids: readonly number[]): SQL {
  const list = sql`${sql.param(ids)}::int[]`
  const none = sql`not r.ingredient_ids && ${list}`
  if (ids.length <= FEW) return none
  const isForbidden = (line: number) =>
    sql`when r.ingredient_ids[${sql.raw(String(line))}] in (select unnest(${list})) then false`
  return sql`case ${sql.join([1, 2, 3, 4].map(isForbidden), sql` `)} else ${none} end`
}

/**
 * The ingredients that a card may not have: those excluded, and those that are out of stock where stock is asked for.
 * Few, as long as a restaurant stocks most of what there is.
 */
export async function forbiddenIngredients(db: Db, { search, stock }: RecipeFilter): Promise<number[]> {
  if (!stock) return [...search.excludes]
  const rows = await db.execute<{ id: number }>(sql`
    select i.id from ingredients i
    left join stock_levels s
      on s.restaurant_id = ${stock.restaurant.id} and s.ingredient_id = i.id and s.on_hand > 0
    where s.ingredient_id is null
    order by i.id`)
  return [...new Set([...search.excludes, ...rows.map(({ id }) => id)])]
}

/** Each word stands in the title, in the name of an ingredient or in the chef's name. */
export const hasWords = (words: readonly ResolvedWord[]): RecipeCondition[] =>
  words.map((word) => ({ facet: null, sql: sql`(${titleHas([word])} or ${standsBeside(word)})` }))

/** Each word stands in the title. */
export const titleHas = (words: readonly ResolvedWord[]): SQL =>
  sql`r.title_words @@ ${words.map(({ query }) => `(${query})`).join(' & ')}::tsquery`

/** At least one of the words stands in the title. */
export const titleHasAny = (words: readonly ResolvedWord[]): SQL =>
  sql`r.title_words @@ ${words.map(({ query }) => `(${query})`).join(' | ')}::tsquery`

/** The word stands in the name of an ingredient or of the chef. */
export const standsBeside = ({ ingredientIds, chefIds }: ResolvedWord): SQL =>
  sql`(r.ingredient_ids && ${sql.param(ingredientIds)}::int[] or r.chef_id = any(${sql.param(chefIds)}::int[]))`

export const allOf = (conditions: readonly SQL[]): SQL => sql.join([sql`true`, ...conditions], sql` and `)
