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

type RecipeFormData = {
  doc: RecipeCard
  /** Whether it is in the book, and not only in the change set. */
  isLive: boolean
  choices: RecipeChoices
}

/** A recipe with all that a form beginning with it shows and offers, or null where there is none. */
export async function loadRecipeForm(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  { recipeId, changeSetId }: Params,
): Promise<RecipeFormData | null> {
  const found = await getRecord(db, scope, 'recipe', { id: recipeId, restaurantId: null }, changeSetId)
  if (!found) return null
  const { doc, live } = found
  const ingredientIds = doc.lines.map(({ ingredientId }) => ingredientId)
  const choices = await listRecipeChoices(db, scope, { ingredientIds, chefId: doc.chefId })
  return { doc, isLive: live !== null, choices }
}

/** The same to change that recipe, with the dishes that sell it and so change with it. */
export async function loadRecipeEditor(
  db: Db,
  scope: ChainScope<'menu:edit'>,
  params: Params,
): Promise<(RecipeFormData & { dishes: SellingDish[] }) | null> {
  const [form, dishes] = await Promise.all([
    loadRecipeForm(db, scope, params),
    listDishesSelling(db, scope, { recipeId: params.recipeId }),
  ])
  return form && { ...form, dishes }
}
