import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DIFFICULTIES } from '@/domain/recipe'
import { RECIPE_SORTS, type RecipeSearch } from '@/domain/recipe-search'
import { DIETS } from '@/domain/vocabulary'
import { isFiltered, readRecipesView, recipesHref, unfilteredHref } from './search-params'

const WHOLE_BOOK: RecipeSearch = {
  words: '',
  cuisines: [],
  difficulties: [],
  diets: [],
  maxPrepMinutes: null,
  minChefExperience: null,
  contains: [],
  excludes: [],
  stockedAt: null,
  sort: 'prep',
  after: null,
}

function read(href: string): RecipeSearch {
  const { searchParams } = new URL(href, 'http://own')
  const names = [...new Set(searchParams.keys())]
  return readRecipesView(Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]))).search
}

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 2_147_483_647 }), { maxLength: 5 })
const someSearch = fc
  .record({
    words: fc.stringMatching(/^([a-zé&%'"]{1,8}( [a-zé]{1,8}){0,2})?$/),
    cuisines: fc.uniqueArray(fc.constantFrom('Italian', 'Thai', 'Tex & Mex', 'Île-de-France'), {
      maxLength: 3,
    }),
    difficulties: fc.subarray([...DIFFICULTIES]),
    diets: fc.subarray([...DIETS]),
    maxPrepMinutes: fc.option(fc.integer({ min: 0, max: 10_080 })),
    minChefExperience: fc.option(fc.integer({ min: 0, max: 80 })),
    contains: ids,
    excludes: ids,
    stockedAt: fc.option(fc.constantFrom('berlin', 'new-york-2')),
    sort: fc.constantFrom(...RECIPE_SORTS),
  })
  .map((search): RecipeSearch => {
    const sort = search.words === '' && search.sort === 'relevance' ? 'prep' : search.sort
    return { ...search, sort, after: null }
  })

describe('the recipe book’s URL', () => {
  test('is short for the whole book, and says everything of a search', () => {
    expect(recipesHref(WHOLE_BOOK)).toBe('/recipes')
    const search: RecipeSearch = {
      ...WHOLE_BOOK,
      words: 'lemon & thyme',
      cuisines: ['Italian', 'Thai'],
      maxPrepMinutes: 29,
      contains: [3, 7],
      sort: 'relevance',
    }
    expect(recipesHref(search)).toBe(
      '/recipes?q=lemon+%26+thyme&cuisine=Italian&cuisine=Thai&prep=29&with=3%2C7',
    )
  })

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(someSearch, (search) => {
        expect(read(recipesHref(search))).toEqual(search)
      }),
    )
  })

  test('leads to the first page when anything changes, and keeps the place only where that is asked for', () => {
    const after = { sort: 'prep', tier: 0, value: '25', id: 7 } as const
    const second = { ...WHOLE_BOOK, after }
    expect(read(recipesHref(second, { cuisines: ['Thai'] }))).toEqual({ ...WHOLE_BOOK, cuisines: ['Thai'] })
    expect(read(recipesHref(WHOLE_BOOK, { after }))).toEqual(second)
  })

  test('goes without an order by relevance when the words go', () => {
    const search: RecipeSearch = { ...WHOLE_BOOK, words: 'soup', sort: 'relevance' }
    expect(recipesHref(search, { words: '' })).toBe('/recipes')
  })

  test('knows a filtered book from the whole one', () => {
    fc.assert(
      fc.property(someSearch, (search) => {
        const whole = read(unfilteredHref(search))
        expect(isFiltered(whole)).toBe(false)
        expect(isFiltered(search)).toBe(
          JSON.stringify({ ...search, sort: 'prep' }) !== JSON.stringify(WHOLE_BOOK),
        )
      }),
    )
    expect(isFiltered({ ...WHOLE_BOOK, minChefExperience: 0 })).toBe(true)
  })

  test('takes what is typed for an ingredient without what a database chokes on', () => {
    expect(readRecipesView({ find: ' to\0ma\ud800to\n' }).find).toBe('to ma to')
    expect(readRecipesView({ find: ['a', 'b'] }).find).toBe('')
    expect(readRecipesView({ find: 'x'.repeat(10_000) }).find).toHaveLength(60)
  })
})
