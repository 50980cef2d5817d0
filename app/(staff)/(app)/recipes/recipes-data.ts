import type { Db } from '@/db/client'
import { findIngredientNames, type IngredientNames } from '@/db/queries/ingredients'
import { countRecipes, type RecipeFacets } from '@/db/queries/recipe-facets'
import { type RecipePage, searchRecipes } from '@/db/queries/recipe-search'
import { resolveRecipeSearch } from '@/db/queries/recipe-terms'
import type { RecipeSearch } from '@/domain/recipe-search'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { RecipesView } from './search-params'

const SUGGESTIONS = 8

export type RecipesData = {
  /** The search that the recipes answer: with other words than asked for where nothing has those. */
  answered: RecipeSearch
  /** Its words, where they are other ones. */
  instead: string | null
  page: RecipePage
  facets: RecipeFacets
  ingredients: IngredientNames
}

/** What the search page shows: the recipes, their counts, and the names of the ingredients that its URL speaks of. */
export async function loadRecipes(
  db: Db,
  scope: ChainScope,
  { search, find }: RecipesView,
  { stock, costs }: { stock: RestaurantScope | null; costs: ChainScope<'stock:read'> | null },
): Promise<RecipesData> {
  const found = async () => {
    const terms = await resolveRecipeSearch(db, scope, { search, stock })
    const [page, facets] = await Promise.all([
      searchRecipes(db, scope, terms, { costs }),
      countRecipes(db, scope, terms),
    ])
    return { answered: terms.search, instead: terms.instead, page, facets }
  }
  const names = findIngredientNames(db, scope, {
    ids: [...search.contains, ...search.excludes],
    text: find,
    limit: SUGGESTIONS,
  })
  const [answer, ingredients] = await Promise.all([found(), names])
  return { ...answer, ingredients }
}
