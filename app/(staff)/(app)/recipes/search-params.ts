import {
  parseRecipeSearch,
  type RecipeSearch,
  recipeSearchParams,
  type SearchParams,
} from '@/domain/recipe-search'

/** What the search page shows, as its URL says it. */
export type RecipesView = {
  search: RecipeSearch
  /** What stands in the ingredient field: the page suggests the ingredients that it may mean. */
  find: string
}

const LONGEST_FIND = 60

/** Whatever is malformed counts as not there. */
export function readRecipesView(given: SearchParams): RecipesView {
  const find = typeof given.find === 'string' ? given.find : ''
  return {
    search: parseRecipeSearch(given),
    find: find
      .slice(0, LONGEST_FIND)
      .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
      .trim(),
  }
}

/** The page's URL for a search with something changed. What is not a change of page leads to the first one. */
export function recipesHref(search: RecipeSearch, changes: Partial<RecipeSearch> = {}): string {
  const changed: RecipeSearch = { ...search, after: null, ...changes }
  // Relevance to no words is no order.
  if (changed.words === '' && changed.sort === 'relevance') changed.sort = 'prep'
  const query = recipeSearchParams(changed).toString()
  return query ? `/recipes?${query}` : '/recipes'
}

const NO_FILTERS = {
  words: '',
  cuisines: [],
  difficulties: [],
  diets: [],
  maxPrepMinutes: null,
  minChefExperience: null,
  contains: [],
  excludes: [],
  stockedAt: null,
} satisfies Partial<RecipeSearch>

/** The URL of the whole book in the same order. */
export const unfilteredHref = (search: RecipeSearch): string => recipesHref(search, NO_FILTERS)

export const isFiltered = (search: RecipeSearch): boolean =>
  Object.keys(NO_FILTERS).some((name) => {
    const value = search[name as keyof typeof NO_FILTERS]
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== ''
  })
