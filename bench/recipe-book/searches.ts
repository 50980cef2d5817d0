import { parseRecipeSearch, type RecipeSearch } from '@/domain/recipe-search'

const half = Array.from({ length: 500 }, (_, index) => index + 1).filter((id) => id % 2 === 1)

/** Thirty searches: everything and nearly nothing, parts that go together and parts that exclude each other. */
const QUERIES = [
  '',
  'sort=newest',
  'sort=title',
  'cuisine=Italian',
  'cuisine=Italian&prep=29&experience=5',
  'cuisine=Thai&cuisine=Greek&sort=newest',
  'difficulty=hard',
  'difficulty=medium&difficulty=hard',
  'cuisine=Nordic&difficulty=hard&sort=title',
  'prep=15&sort=newest',
  'experience=30',
  'experience=38&sort=newest',
  'with=1',
  'with=1,2,7',
  'with=400,450',
  'with=480&cuisine=Italian',
  'without=1,2,3',
  'with=120&without=1,2&difficulty=easy',
  `without=${half.join(',')}`,
  'stock=1',
  'q=roasted',
  'q=smoked&sort=title',
  'q=roasted+risotto',
  'q=chicken+mirin',
  'q=ravioli&cuisine=Thai',
  'q=olive+oil',
  'q=sofia&sort=newest',
  'q=ro',
  'q=garlic+kofte&experience=20',
  'q=roasted&stock=1&prep=45',
]

export type MatrixSearch = {
  name: string
  search: RecipeSearch
  /** Restaurant 1's stock must have every ingredient. */
  stocked: boolean
}

export const SEARCHES: readonly MatrixSearch[] = QUERIES.map((query) => {
  const params = new URLSearchParams(query)
  const search = parseRecipeSearch(
    Object.fromEntries([...params.keys()].map((key) => [key, params.getAll(key)])),
  )
  return { name: nameOf(query), search, stocked: search.stockedAt !== null }
})

function nameOf(query: string): string {
  if (query === '') return '(every recipe)'
  if (query.length > 100) return `without ${half.length} ingredients`
  return query.replaceAll('+', ' ').replaceAll('&', ', ').replaceAll('=', ' ')
}
