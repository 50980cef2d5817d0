import type { Db } from '@/db/client'
import { findIngredientNames, type IngredientNames } from '@/db/queries/ingredients'
import { countRecipes, type RecipeFacets } from '@/db/queries/recipe-facets'
import { type RecipePage, searchRecipes } from '@/db/queries/recipe-search'
import type { RecipeSearch } from '@/domain/recipe-search'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { RecipesView } from './search-params'

const SUGGESTIONS = 8

export type RecipesData = {
  /** The search that the recipes answer: with other words than asked for where nothing has those. */
  answered: RecipeSearch
  page: RecipePage
  facets: RecipeFacets
  ingredients: IngredientNames
}

/** What the search page shows: the recipes, their counts, and the names of the ingredients that its URL speaks of. */
export async function loadRecipes(
  db: Db,
  scope: ChainScope,
  view: RecipesView,
  { stock, costs }: { stock: RestaurantScope | null; costs: ChainScope<'stock:read'> | null },
): Promise<RecipesData> {
  const { search, find } = view
  const [page, facets, ingredients] = await Promise.all([
    searchRecipes(db, scope, { search, stock, costs }),
    countRecipes(db, scope, { search, stock }),
    findIngredientNames(db, scope, {
      ids: [...search.contains, ...search.excludes],
      text: find,
      limit: SUGGESTIONS,
    }),
  ])
  if (page.instead === null) return { answered: search, page, facets, ingredients }
  const answered = { ...search, words: page.instead }
  return { answered, page, facets: await countRecipes(db, scope, { search: answered, stock }), ingredients }
}
