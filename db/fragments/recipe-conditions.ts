import { type SQL, sql } from 'drizzle-orm'
import { DIFFICULTIES } from '@/domain/recipe'
import type { RecipeSearch } from '@/domain/recipe-search'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { hasEachOf, hasNoneOf } from './recipe-ingredients'

/** A search and the restaurant whose stock must have every ingredient of the card, or null for any. */
export type RecipeFilter = { search: RecipeSearch; stock: RestaurantScope | null }

/** What a recipe `r` must meet: `facet` counts a choice, and so leaves its own condition out. */
export type RecipeCondition = {
  facet: 'cuisine' | 'difficulty' | 'prep' | null
  /** No index finds the rows. */
  unindexed?: true
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
  if (minChefExperience !== null) conditions.push(experience(minChefExperience))
  if (contains.length) conditions.push({ facet: null, ...hasEachOf(contains) })
  if (forbidden.length) conditions.push({ facet: null, unindexed: true, sql: hasNoneOf(forbidden) })
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

export const allOf = (conditions: readonly SQL[]): SQL => sql.join([sql`true`, ...conditions], sql` and `)
