import { describe, expect, test } from 'vitest'
import { parseRecipeSearch, recipeSearchParams, searchWords } from './recipe-search'

const parse = (query: string) => {
  const params = new URLSearchParams(query)
  return parseRecipeSearch(Object.fromEntries([...params.keys()].map((key) => [key, params.getAll(key)])))
}

const ANY = {
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

describe('a search in an address', () => {
  test('that says nothing is every recipe, the quickest first', () => {
    expect(parse('')).toEqual(ANY)
  })

  test('comes back as it went', () => {
    const address =
      'q=smoked+k%C3%B6fte&cuisine=Italian&cuisine=Thai&difficulty=easy&difficulty=hard&diet=vegan&prep=45&experience=5&with=3%2C1' +
      '&without=7&stock=trattoria-nord&sort=title&after=title%7E0%7E77%7EPie%7E+with+a+%7E'
    const search = parse(address)
    expect(search).toEqual({
      words: 'smoked köfte',
      cuisines: ['Italian', 'Thai'],
      difficulties: ['easy', 'hard'],
      diets: ['vegan'],
      maxPrepMinutes: 45,
      minChefExperience: 5,
      contains: [3, 1],
      excludes: [7],
      stockedAt: 'trattoria-nord',
      sort: 'title',
      after: { sort: 'title', tier: 0, id: 77, value: 'Pie~ with a ~' },
    })
    expect(recipeSearchParams(search).toString()).toBe(address)
  })

  test.each([
    'prep=soon&experience=-1&difficulty=brutal&diet=air&sort=best',
    'prep=1e9&experience=4.5&with=0,-3,x&without=99999999999',
    'prep=&experience=+&with=&stock=../../etc',
    'after=prep~0~1~x',
    'after=title~0~1~Pie',
    'after=prep~3~1~3',
    'after=prep~0~1~9999999999',
    'after=newest~0~1~99999999999999999999',
    `after=prep~0~1~${'9'.repeat(300)}`,
    'q=%20%20&sort=relevance',
    'q=%00%00',
  ])('with %s falls back to what is asked without it', (query) => {
    expect(parse(query)).toEqual(ANY)
  })

  test('is sorted by how well the words match, where there are words', () => {
    expect(parse('q=pie').sort).toBe('relevance')
    expect(parse('q=pie&sort=newest').sort).toBe('newest')
  })

  test('keeps what is too long within bounds, and no character that PostgreSQL refuses', () => {
    const { words, contains, cuisines } = parseRecipeSearch({
      q: `\uD800${'x'.repeat(10_000)}\0`,
      with: Array.from({ length: 900 }, (_, index) => String(index + 1)),
      cuisine: Array.from({ length: 90 }, (_, index) => `Cuisine ${index}`),
    })
    expect(words).toBe('x'.repeat(199))
    expect(contains).toHaveLength(500)
    expect(cuisines).toHaveLength(30)
  })

  test('never cuts a character in half', () => {
    expect([...parse(`q=${'😀'.repeat(300)}`).words]).toHaveLength(200)
  })
})

describe('words', () => {
  test('are letters and digits, each once, eight at most', () => {
    expect(searchWords(`Ragù  ragù "di" % _ 'manzo'; 00 flour`)).toEqual([
      'ragù',
      'di',
      'manzo',
      '00',
      'flour',
    ])
    expect(searchWords('a b c d e f g h i j')).toHaveLength(8)
    expect(searchWords('%%% ___')).toEqual([])
    expect(searchWords('شوربة عدس')).toEqual(['شوربة', 'عدس'])
  })
})
