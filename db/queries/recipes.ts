import { and, arrayContains, asc, eq, gt, gte, lte, type SQL, sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { ingredients } from '../schema/ingredients'
import { menuItems } from '../schema/menu'
import { chefs, recipeIngredients, recipes } from '../schema/recipes'

export type RecipeSummary = {
  id: number
  name: string
  cuisine: string
  /** 1 easy, 2 medium, 3 hard. */
  difficulty: number
  /** Minutes. */
  prepTime: number
  calories: number | null
  chefId: number
  chef: string
  chefExperience: number
}

const summary = {
  id: recipes.id,
  name: recipes.name,
  cuisine: recipes.cuisine,
  difficulty: recipes.difficulty,
  prepTime: recipes.prepTime,
  calories: recipes.calories,
  chefId: recipes.chefId,
  chef: chefs.name,
  chefExperience: chefs.experienceYears,
}

const summaries = (db: Db) =>
  db.select(summary).from(recipes).innerJoin(chefs, eq(chefs.id, recipes.chefId)).$dynamic()

/** Written out, not bound: the planner must see that it is the predicate of the index `recipes_quick`. */
const isQuick = sql`${recipes.prepTime} < 30`
const QUICK_MINUTES = 30

/** At least one of these: each has an index, and slow recipes of every cuisine are a list that nobody reads. */
type RecipeAnchor =
  | { cuisine: string }
  /** Under 30 minutes. */
  | { quick: true }
  /** Ingredient ids, all of which the card must have. */
  | { contains: readonly number[] }

export type RecipeFilter = RecipeAnchor & {
  cuisine?: string
  quick?: boolean
  contains?: readonly number[]
  /** Minutes, inclusive. */
  maxPrepTime?: number
  /** Years. */
  minChefExperience?: number
  /** The last recipe of the page before. */
  after?: { prepTime: number; id: number }
  limit: number
}

/** Recipes that meet every part of the filter, the quickest first, at most `limit` of them. */
export async function listRecipes(
  db: Db,
  _scope: ChainScope,
  filter: RecipeFilter,
): Promise<RecipeSummary[]> {
  return summaries(db)
    .where(and(...recipeConditions(filter)))
    .orderBy(asc(recipes.prepTime), asc(recipes.id))
    .limit(filter.limit)
}

function recipeConditions(filter: RecipeFilter): SQL[] {
  const { cuisine, quick, contains, maxPrepTime, minChefExperience, after } = filter
  const conditions: SQL[] = []
  if (cuisine !== undefined) conditions.push(eq(recipes.cuisine, cuisine))
  if (quick || (maxPrepTime !== undefined && maxPrepTime < QUICK_MINUTES)) conditions.push(isQuick)
  if (contains?.length) conditions.push(arrayContains(recipes.ingredientIds, [...contains]))
  if (maxPrepTime !== undefined) conditions.push(lte(recipes.prepTime, maxPrepTime))
  if (minChefExperience !== undefined) conditions.push(gte(chefs.experienceYears, minChefExperience))
  if (after) conditions.push(sql`(${recipes.prepTime}, ${recipes.id}) > (${after.prepTime}, ${after.id})`)
  return conditions
}

const SEARCH_WORDS = 6

/**
 * Recipes whose name has every word of `query`, anywhere and in any order, small spelling mistakes included; the most
 * alike first. Nothing for a query without a word of three letters: shorter ones have no trigram to look up.
 */
export async function searchRecipeNames(
  db: Db,
  _scope: ChainScope,
  { query, limit }: { query: string; limit: number },
): Promise<RecipeSummary[]> {
  const words =
    query
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, SEARCH_WORDS) ?? []
  if (!words.some((word) => word.length >= 3)) return []
  return summaries(db)
    .where(and(...words.map(nameHasWord)))
    .orderBy(
      sql`word_similarity(${words.join(' ')}, ${recipes.name}) desc`,
      asc(recipes.name),
      asc(recipes.id),
    )
    .limit(limit)
}

/** `ilike` finds parts of words, `<%` what is spelled a little differently; the trigram index serves both. */
const nameHasWord = (word: string): SQL =>
  sql`(${recipes.name} ilike ${`%${word}%`} or ${word} <% ${recipes.name})`

/** One chef's recipes in the order they were written, at most `limit`, beginning after the recipe id `after`. */
export async function listChefRecipes(
  db: Db,
  _scope: ChainScope,
  { chefId, after = 0, limit }: { chefId: number; after?: number; limit: number },
): Promise<RecipeSummary[]> {
  return summaries(db)
    .where(and(eq(recipes.chefId, chefId), gt(recipes.id, after)))
    .orderBy(asc(recipes.id))
    .limit(limit)
}

export type RecipeCardLine = {
  ingredientId: number
  ingredient: string
  unit: Unit
  /** For one portion, in the unit; a numeric string. */
  quantity: string
  notes: string
}

/** One recipe with the lines of its card in the card's order, or null. */
export async function getRecipeCard(
  db: Db,
  _scope: ChainScope,
  recipeId: number,
): Promise<(RecipeSummary & { lines: RecipeCardLine[] }) | null> {
  const [recipe] = await db
    .select({
      ...summary,
      lines: sql<RecipeCardLine[]>`(
        select coalesce(json_agg(json_build_object(
          'ingredientId', i.id, 'ingredient', i.name, 'unit', i.unit,
          'quantity', trim_scale(line.quantity)::text, 'notes', line.notes
        ) order by line.position, i.name), '[]')
        from ${recipeIngredients} line
        join ${ingredients} i on i.id = line.ingredient_id
        where line.recipe_id = ${recipes.id}
      )`,
    })
    .from(recipes)
    .innerJoin(chefs, eq(chefs.id, recipes.chefId))
    .where(eq(recipes.id, recipeId))
  return recipe ?? null
}

/** The available dishes whose recipe card has this ingredient, by name, at most `limit` of them. */
export async function listDishesUsing(
  db: Db,
  _scope: ChainScope,
  { ingredientId, limit }: { ingredientId: number; limit: number },
): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: menuItems.id, name: menuItems.name })
    .from(recipeIngredients)
    .innerJoin(menuItems, eq(menuItems.recipeId, recipeIngredients.recipeId))
    .where(and(eq(recipeIngredients.ingredientId, ingredientId), menuItems.isAvailable))
    .orderBy(asc(menuItems.name), asc(menuItems.id))
    .limit(limit)
}
