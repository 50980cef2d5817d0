import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'

export type RecipeFigures = {
  recipes: number
  /** Minutes, a decimal string rounded to 16 places or more, as PostgreSQL's `avg` gives it; null without recipes. */
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

/** Figures of each cuisine and of the whole book, exact at the moment of the query, in one query. */
export async function getRecipeStatistics(db: Db, _scope: ChainScope): Promise<RecipeStatistics> {
  const rows = await db.execute<RecipeFigures & { cuisine: string | null; italian: number }>(sql`
    select cuisine, count(*)::int as recipes, avg(prep_time) as "averagePrepMinutes",
      avg(difficulty) as "averageDifficulty", (count(*) filter (where prep_time < 30))::int as quick,
      (count(*) filter (where cuisine = 'Italian'))::int as italian
    from recipes
    group by grouping sets ((cuisine), ())
    order by cuisine is null desc, recipes desc, cuisine`)
  const [whole, ...groups] = rows
  if (!whole) throw new Error('A grouping set over everything returned no row.')
  const { cuisine: _, ...overall } = whole
  return {
    overall,
    cuisines: groups.map(({ italian: _, cuisine, ...figures }) => ({ ...figures, cuisine: cuisine ?? '' })),
  }
}
