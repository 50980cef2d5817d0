import type { Db } from '@/db/client'
import {
  listDishesSelling,
  listRecipeChoices,
  type RecipeChoices,
  type SellingDish,
} from '@/db/queries/recipe-choices'
import { getRecord } from '@/db/queries/records'
import type { RecipeCard } from '@/domain/recipe-card'
import type { ChainScope } from '@/domain/scope'

type Params = {
  /** The recipe to edit or to begin a new one from. */
  recipeId: number
  changeSetId: number | null
}

export type RecipeEditorData = {
  doc: RecipeCard
  /** Whether it is in the book, and not only in the change set. */
  isLive: boolean
  choices: RecipeChoices
  /** What sells it, and changes with it. */
  dishes: SellingDish[]
}

/** A recipe with all that its form shows and offers, or null where there is none. */
export async function loadRecipeEditor(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { recipeId, changeSetId }: Params,
): Promise<RecipeEditorData | null> {
  const key = { id: recipeId, restaurantId: null }
  const found = await getRecord(db, scope, 'recipe', key, changeSetId)
  if (!found) return null
  const { doc, live } = found
  const [choices, dishes] = await Promise.all([
    listRecipeChoices(db, scope, {
      ingredientIds: doc.lines.map(({ ingredientId }) => ingredientId),
      chefId: doc.chefId,
    }),
    listDishesSelling(db, scope, { recipeId }),
  ])
  return { doc, isLive: live !== null, choices, dishes }
}
