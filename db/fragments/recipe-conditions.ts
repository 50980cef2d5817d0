import { type SQL, sql } from 'drizzle-orm'
import { DIFFICULTIES } from '@/domain/recipe'
import { type RecipeSearch, searchWords } from '@/domain/recipe-search'
import type { RestaurantScope } from '@/domain/scope'

/** A search and the restaurant whose stock must have every ingredient of the card, or null for any. */
export type RecipeFilter = { search: RecipeSearch; stock: RestaurantScope | null }

/** A part of a search that a facet counts over. */
export type RecipeCondition = { of: 'cuisine' | 'difficulty' | 'prep' | 'other'; sql: SQL }

/** What a recipe `r` and its chef `c` must meet, part by part. */
export function recipeConditions({ search, stock }: RecipeFilter): RecipeCondition[] {
  const conditions: RecipeCondition[] = []
  if (search.cuisines.length)
    conditions.push({ of: 'cuisine', sql: sql`r.cuisine = any(${sql.param(search.cuisines)}::text[])` })
  if (search.difficulties.length) {
    const levels = search.difficulties.map((difficulty) => DIFFICULTIES.indexOf(difficulty) + 1)
    conditions.push({ of: 'difficulty', sql: sql`r.difficulty = any(${sql.param(levels)}::int[])` })
  }
  if (search.maxPrepMinutes !== null)
    conditions.push({ of: 'prep', sql: sql`r.prep_time <= ${search.maxPrepMinutes}::int` })
  const others: SQL[] = searchWords(search.words).map(hasWord)
  if (search.minChefExperience !== null)
    others.push(sql`c.experience_years >= ${search.minChefExperience}::int`)
  if (search.contains.length) others.push(sql`r.ingredient_ids @> ${sql.param(search.contains)}::int[]`)
  if (search.excludes.length) others.push(sql`not r.ingredient_ids && ${sql.param(search.excludes)}::int[]`)
  if (stock)
    others.push(sql`r.ingredient_ids <@ array(
      select ingredient_id from stock_levels where restaurant_id = ${stock.restaurant.id} and on_hand > 0)`)
  return [...conditions, ...others.map((condition) => ({ of: 'other' as const, sql: condition }))]
}

/** The word stands in the title, in the name of an ingredient or in the chef's name. */
const hasWord = (word: string): SQL => sql`(${titleHas(word)}
  or r.ingredient_ids && array(select id from ingredients where to_tsvector('english', name) @@ ${term(word)})
  or c.id = any(array(select id from chefs where to_tsvector('english', name) @@ ${term(word)})))`

export const titleHas = (word: string): SQL => sql`to_tsvector('english', r.name) @@ ${term(word)}`

const term = (word: string): SQL => sql`to_tsquery('english', ${word})`
