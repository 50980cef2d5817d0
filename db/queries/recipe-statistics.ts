import { sql } from 'drizzle-orm'
import { QUICK_MINUTES } from '@/domain/recipe-search'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'

type RecipeFigures = {
  recipes: number
  /** Minutes; a decimal string to as many places as PostgreSQL's `avg` gives, null where there are no recipes. */
  averagePrepMinutes: string | null
  /** From 1 (easy) to 3 (hard), like the one before. */
  averageDifficulty: string | null
  /** Recipes under 30 minutes. */
  quick: number
}

export type RecipeStatistics = {
  overall: RecipeFigures & { italian: number }
  /** The largest first. */
  cuisines: (RecipeFigures & { cuisine: string })[]
}

/**
 * Figures of each cuisine and of the whole book in one query, exact at its moment: they are sums over the tallies, which
 * change in the transaction that changes a recipe. The averages equal `avg` to the last digit, since that is a sum over
 * a count too, in the same arithmetic.
 */
export async function getRecipeStatistics(db: Db, _scope: ChainScope): Promise<RecipeStatistics> {
  const rows = await db.execute<RecipeFigures & { cuisine: string | null; italian: number }>(sql`
    select cuisine, coalesce(sum(recipes), 0)::int as recipes,
      sum(recipes * prep_time::bigint) / nullif(sum(recipes), 0)::numeric as "averagePrepMinutes",
      sum(recipes * difficulty::bigint) / nullif(sum(recipes), 0)::numeric as "averageDifficulty",
      coalesce(sum(recipes) filter (where prep_time < ${QUICK_MINUTES}), 0)::int as quick,
      coalesce(sum(recipes) filter (where cuisine = 'Italian'), 0)::int as italian
    from recipe_tallies
    group by grouping sets ((cuisine), ())
    having grouping(cuisine) = 1 or sum(recipes) > 0
    order by grouping(cuisine) desc, recipes desc, cuisine`)
  const [whole, ...groups] = rows
  if (!whole) throw new Error('A grouping set over everything returned no row.')
  const { cuisine: _, ...overall } = whole
  return {
    overall,
    cuisines: groups.map(({ italian: _, cuisine, ...figures }) => ({ ...figures, cuisine: cuisine ?? '' })),
  }
}
