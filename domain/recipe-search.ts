import { z } from 'zod'
import { DIFFICULTIES, type Difficulty } from './recipe'
import { DIETS, type Diet } from './vocabulary'

export const RECIPE_PAGE_SIZE = 20
/** Minutes: a recipe that takes less is quick. */
export const QUICK_MINUTES = 30
/** Ids in one list of ingredients; the ones beyond are ignored. */
const MOST_INGREDIENT_IDS = 500
const MOST_CUISINES = 30
const LONGEST_QUERY = 200
const MOST_WORDS = 8

export const RECIPE_SORTS = ['relevance', 'prep', 'newest', 'title'] as const
export type RecipeSort = (typeof RECIPE_SORTS)[number]

/** Where a page ends: the sort's value of its last recipe and, among equals, its id. */
export type RecipeKeyset = {
  sort: RecipeSort
  /** How well the words match, for `relevance` only: 0 is best. */
  tier: number
  /** Minutes for `prep` and `relevance`, microseconds since 1970 for `newest`, the title for `title`. */
  value: string
  id: number
}

/** What the search page's address says. Every field has a value that means "any". */
export type RecipeSearch = {
  /** Words as they were typed, without what can't be looked up; empty for none. */
  words: string
  cuisines: readonly string[]
  difficulties: readonly Difficulty[]
  /** All of which the recipe must go with. */
  diets: readonly Diet[]
  /** Minutes, included. */
  maxPrepMinutes: number | null
  /** Years, included. */
  minChefExperience: number | null
  /** Ingredient ids, all of which the card must have. */
  contains: readonly number[]
  /** Ingredient ids, none of which the card may have. */
  excludes: readonly number[]
  /** Slug of a restaurant whose stock must have every ingredient of the card. */
  stockedAt: string | null
  /** `relevance` without words is `prep`. */
  sort: RecipeSort
  /** Only what comes after it; null for the first page. */
  after: RecipeKeyset | null
}

/** Next's search params, or anything of their shape. */
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>

const id = z.coerce.number().int().min(1).max(2_147_483_647)
const wholeNumber = (most: number) => z.coerce.number().int().min(0).max(most)
const keyset = z.object({
  sort: z.enum(RECIPE_SORTS),
  tier: wholeNumber(2),
  id,
  value: z.string().max(200).refine(isPlainText),
})

/**
 * Reads a search from the address. Nothing is an error: what is malformed, unknown or too much is left out, and a
 * keyset that belongs to another sort is the first page.
 */
export function parseRecipeSearch(params: SearchParams): RecipeSearch {
  const words = plainWords(first(params.q) ?? '')
  const asked = read(z.enum(RECIPE_SORTS), first(params.sort)) ?? 'relevance'
  const sort = words === '' && asked === 'relevance' ? 'prep' : asked
  const after = decodeKeyset(first(params.after) ?? '')
  return {
    words,
    cuisines: unique(all(params.cuisine).filter((name) => name.length <= 100 && isPlainText(name))).slice(
      0,
      MOST_CUISINES,
    ),
    difficulties: DIFFICULTIES.filter((difficulty) => all(params.difficulty).includes(difficulty)),
    diets: DIETS.filter((diet) => all(params.diet).includes(diet)),
    maxPrepMinutes: read(wholeNumber(10_080), first(params.prep)),
    minChefExperience: read(wholeNumber(80), first(params.experience)),
    contains: ingredientIds(params.with),
    excludes: ingredientIds(params.without),
    stockedAt: read(z.string().regex(/^[a-z0-9-]{1,100}$/), first(params.stock)),
    sort,
    after: after?.sort === sort ? after : null,
  }
}

/** The address of a search: `parseRecipeSearch` of it gives the same search. */
export function recipeSearchParams(search: RecipeSearch): URLSearchParams {
  const params = new URLSearchParams()
  if (search.words) params.set('q', search.words)
  for (const cuisine of search.cuisines) params.append('cuisine', cuisine)
  for (const difficulty of search.difficulties) params.append('difficulty', difficulty)
  for (const diet of search.diets) params.append('diet', diet)
  if (search.maxPrepMinutes !== null) params.set('prep', String(search.maxPrepMinutes))
  if (search.minChefExperience !== null) params.set('experience', String(search.minChefExperience))
  if (search.contains.length) params.set('with', search.contains.join(','))
  if (search.excludes.length) params.set('without', search.excludes.join(','))
  if (search.stockedAt) params.set('stock', search.stockedAt)
  if (search.sort !== (search.words ? 'relevance' : 'prep')) params.set('sort', search.sort)
  if (search.after) params.set('after', encodeKeyset(search.after))
  return params
}

/** The letters and digits of each word, lower case, in order, each once; at most eight. */
export const searchWords = (text: string): string[] =>
  unique(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MOST_WORDS)

/** For the address; the value comes last since a title may hold any sign. */
const encodeKeyset = ({ sort, tier, id: last, value }: RecipeKeyset): string =>
  [sort, tier, last, value].join('~')

function decodeKeyset(text: string): RecipeKeyset | null {
  const [sort, tier, last, ...value] = text.split('~')
  const found = keyset.safeParse({ sort, tier, id: last, value: value.join('~') })
  return found.success && KEYSET_VALUES[found.data.sort].test(found.data.value) ? found.data : null
}

/** What PostgreSQL can read as the type of the sort's column. */
const KEYSET_VALUES: Record<RecipeSort, RegExp> = {
  relevance: /^\d{1,5}$/,
  prep: /^\d{1,5}$/,
  newest: /^\d{1,16}$/,
  title: /^/,
}

/** PostgreSQL stores every character but NUL, and half a surrogate pair is not one. */
function isPlainText(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text)
}

const plainWords = (text: string): string =>
  [...text.normalize('NFC').replaceAll(/[\0\p{Surrogate}]/gu, ' ')]
    .slice(0, LONGEST_QUERY)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()

const ingredientIds = (value: string | readonly string[] | undefined): number[] =>
  unique(all(value).flatMap((list) => list.split(',').flatMap((text) => read(id, text) ?? []))).slice(
    0,
    MOST_INGREDIENT_IDS,
  )

const all = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

const first = (value: string | readonly string[] | undefined): string | undefined => all(value)[0]

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** The value, or null where it is missing or malformed. An empty field of a form is missing. */
function read<T>(schema: z.ZodType<T>, text: string | undefined): T | null {
  if (text === undefined || text.trim() === '') return null
  const result = schema.safeParse(text)
  return result.success ? result.data : null
}
