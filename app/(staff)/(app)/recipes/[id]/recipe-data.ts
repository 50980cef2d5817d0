import { prepared } from '@/app/_server/mise'
import type { Db } from '@/db/client'
import { getRecipeCard, type RecipeCard } from '@/db/queries/recipes'
import { listSimilarRecipes, type SimilarRecipe } from '@/db/queries/similar-recipes'
import { RECIPES_TAG } from '@/domain/cache-tags'
import type { ChainScope } from '@/domain/scope'

const SIMILAR = 10

export type RecipeData = { card: RecipeCard; similar: SimilarRecipe[] }

/** The weights behind it follow the rollup, which tells nobody: ten minutes late is soon enough. */
const similarRecipes = prepared({
  name: 'similar recipes',
  key: (_db: Db, _scope: ChainScope, recipeId: number) => String(recipeId),
  tags: () => [RECIPES_TAG],
  freshSeconds: 600,
  load: (db, scope, recipeId) => listSimilarRecipes(db, scope, { recipeId, limit: SIMILAR }),
})

/** A recipe with all that its page says of it, or null where there is none. */
export async function loadRecipe(
  db: Db,
  scope: ChainScope,
  params: { recipeId: number; portions: number; costs: ChainScope<'stock:read'> | null },
): Promise<RecipeData | null> {
  const [card, similar] = await Promise.all([
    getRecipeCard(db, scope, params),
    similarRecipes(db, scope, params.recipeId),
  ])
  return card && { card, similar }
}
