import { sql } from 'drizzle-orm'
import type { Difficulty } from '@/domain/recipe'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'

export const SIMILAR_SHARED = 3

export type SharedIngredient = {
  ingredientId: number
  name: string
  /** What sharing it counts: the rarer, the more. */
  weight: number
  /** On a tenth of all cards or more. */
  staple: boolean
}

export type SimilarRecipe = {
  id: number
  title: string
  cuisine: string
  difficulty: Difficulty
  prepMinutes: number
  chef: string
  /** Sum of the weights of the shared ingredients. */
  score: number
  /** At least three, the rarest first. */
  shared: SharedIngredient[]
}

/**
 * The recipes that share at least three ingredients with this one, at most `limit`, the highest sum of weights first and
 * among equals the lowest id. The weight of an ingredient on n of N cards is ln((N − n + 0.5) / (n + 0.5) + 1), the
 * inverse document frequency of BM25 (Robertson and Spärck Jones 1976; the "+ 1" that keeps it above 0 is Lucene's):
 * sharing saffron says more than sharing salt. Empty for a recipe that there is not.
 */
export async function listSimilarRecipes(
  db: Db,
  _scope: ChainScope,
  { recipeId, limit }: { recipeId: number; limit: number },
): Promise<SimilarRecipe[]> {
  const rows = await db.execute<SimilarRecipe>(sql`
    with book as (select count(*)::float8 as recipes from recipes), weighed as materialized (
      select l.ingredient_id, i.name, ln((book.recipes - f.n + 0.5) / (f.n + 0.5) + 1) as weight,
        f.n >= 0.1 * book.recipes as staple
      from recipe_ingredients l
      join ingredients i on i.id = l.ingredient_id
      cross join book
      cross join lateral (select count(*) as n from recipe_ingredients where ingredient_id = l.ingredient_id) f
      where l.recipe_id = ${recipeId}
    ), found as (
      select l.recipe_id, sum(w.weight order by w.ingredient_id) as score,
        json_agg(json_build_object('ingredientId', w.ingredient_id, 'name', w.name, 'weight', w.weight,
          'staple', w.staple) order by w.weight desc, w.ingredient_id) as shared
      from recipe_ingredients l join weighed w using (ingredient_id)
      where l.recipe_id <> ${recipeId}
      group by l.recipe_id
      having count(*) >= ${SIMILAR_SHARED}::int
      order by score desc, l.recipe_id
      limit ${limit}
    )
    select r.id, r.name as title, r.cuisine, (array['easy', 'medium', 'hard'])[r.difficulty] as difficulty,
      r.prep_time as "prepMinutes", c.name as chef, f.score, f.shared
    from found f join recipes r on r.id = f.recipe_id join chefs c on c.id = r.chef_id
    order by f.score desc, f.recipe_id`)
  return [...rows]
}
