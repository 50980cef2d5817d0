import type { Db } from '@/db/client'
import { getRecipeCard, type RecipeCard } from '@/db/queries/recipes'
import { listSimilarRecipes, type SimilarRecipe } from '@/db/queries/similar-recipes'
import type { ChainScope } from '@/domain/scope'

const SIMILAR = 10

export type RecipeData = { card: RecipeCard; similar: SimilarRecipe[] }

/** A recipe with all that its page says of it, or null where there is none. */
export async function loadRecipe(
  db: Db,
  scope: ChainScope,
  params: { recipeId: number; portions: number; costs: ChainScope<'stock:read'> | null },
): Promise<RecipeData | null> {
  const [card, similar] = await Promise.all([
    getRecipeCard(db, scope, params),
    listSimilarRecipes(db, scope, { recipeId: params.recipeId, limit: SIMILAR }),
  ])
  return card && { card, similar }
}
