import { sql } from 'drizzle-orm'
import { DIFFICULTIES, type Difficulty } from '@/domain/recipe'
import { QUICK_MINUTES } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { type RecipeFilter, recipeConditions } from '../fragments/recipe-conditions'

export type RecipeFacets = {
  /** Recipes that the whole search finds. */
  total: number
  /** Each counted under all other parts of the search, so that a count says what choosing it would find. */
  cuisines: { cuisine: string; recipes: number }[]
  difficulties: { difficulty: Difficulty; recipes: number }[]
  /** Under 30 minutes. */
  quick: number
  /** The counts are estimates from a sample: the page says "about". */
  about: boolean
}

/** How many recipes a search finds, and how many each choice of cuisine, difficulty and "quick" would find. */
export async function countRecipes(db: Db, _scope: ChainScope, filter: RecipeFilter): Promise<RecipeFacets> {
  const { cuisines, difficulties, maxPrepMinutes } = filter.search
  const others = recipeConditions(filter).filter((condition) => condition.of === 'other')
  const cells = await db.execute<{
    cuisine: string
    difficulty: number
    prepMinutes: number
    recipes: number
  }>(sql`
    select r.cuisine, r.difficulty, r.prep_time as "prepMinutes", count(*)::int as recipes
    from recipes r join chefs c on c.id = r.chef_id
    where ${sql.join([sql`true`, ...others.map((condition) => condition.sql)], sql` and `)}
    group by r.cuisine, r.difficulty, r.prep_time`)

  const counts = { total: 0, quick: 0, cuisines: new Map<string, number>(), difficulties: [0, 0, 0] }
  for (const { cuisine, difficulty, prepMinutes, recipes } of cells) {
    const level = DIFFICULTIES[difficulty - 1]
    const ofCuisine = cuisines.length === 0 || cuisines.includes(cuisine)
    const ofDifficulty = difficulties.length === 0 || (level !== undefined && difficulties.includes(level))
    const inTime = maxPrepMinutes === null || prepMinutes <= maxPrepMinutes
    if (ofCuisine && ofDifficulty && inTime) counts.total += recipes
    if (ofCuisine && ofDifficulty && prepMinutes < QUICK_MINUTES) counts.quick += recipes
    if (ofDifficulty && inTime) counts.cuisines.set(cuisine, (counts.cuisines.get(cuisine) ?? 0) + recipes)
    if (ofCuisine && inTime)
      counts.difficulties[difficulty - 1] = (counts.difficulties[difficulty - 1] ?? 0) + recipes
  }
  return {
    total: counts.total,
    quick: counts.quick,
    cuisines: [...counts.cuisines]
      .map(([cuisine, recipes]) => ({ cuisine, recipes }))
      .sort((a, b) => b.recipes - a.recipes || (a.cuisine < b.cuisine ? -1 : 1)),
    difficulties: DIFFICULTIES.map((difficulty, level) => ({
      difficulty,
      recipes: counts.difficulties[level] ?? 0,
    })),
    about: false,
  }
}
