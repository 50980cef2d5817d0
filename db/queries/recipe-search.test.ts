import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { DIFFICULTIES } from '@/domain/recipe'
import { parseRecipeSearch, RECIPE_SORTS, type RecipeSearch, type SearchParams } from '@/domain/recipe-search'
import { chainScope, type Person, type RestaurantScope } from '@/domain/scope'
import { DIETS, type Diet } from '@/domain/vocabulary'
import { testDatabase } from '../testing/database'
import { countRecipes } from './recipe-facets'
import { type FoundRecipe, searchRecipes } from './recipe-search'
import { resolveRecipeSearch } from './recipe-terms'

// Taking most of the book away, foreign keys and all, is the one long statement here.
const database = testDatabase('volume', { statementTimeoutMs: 120_000 })
const person = (role: string) => ({ userId: 1, role, restaurants: [] }) as unknown as Person
const scope = chainScope(person('kitchen')) ?? expect.fail()
const costs = chainScope(person('admin'), 'stock:read') ?? expect.fail()
/** Whose stock lacks every ninth ingredient, see below. */
const bare = { restaurant: { id: 2 } } as unknown as RestaurantScope

type Known = {
  id: number
  cuisine: string
  difficulty: number
  prep: number
  experience: number
  ingredientIds: number[]
  diets: Diet[]
  titleWords: string[]
  /** Words of the ingredients' and the chef's names. */
  otherWords: string[]
  /** Places in the orders of the sorts. */
  byTitle: number
  byAge: number
}

let book: Known[]
let missing: Set<number>

beforeAll(async () => {
  const { db } = database
  // Looking at every recipe for every search takes its time: a quarter of the book will do.
  await db.execute(sql`delete from recipes where id > 12000`)
  await db.execute(sql`vacuum (analyze) recipes`)
  await db.execute(sql`update stock_levels set on_hand = 0 where restaurant_id = 2 and ingredient_id % 9 = 4`)
  // Runs of equals, so that pages end inside of them.
  await db.execute(sql`update recipes set created_at = timestamptz '2025-01-01' + (id % 9) * interval '1 microsecond'
    where id % 5 = 0`)
  const lacks = await db.execute<{ id: number }>(
    sql`select ingredient_id as id from stock_levels where restaurant_id = 2 and on_hand <= 0`,
  )
  missing = new Set(lacks.map(({ id }) => id))
  const names = async (table: 'ingredients' | 'chefs') => {
    const rows = await db.execute<{ id: number; words: string[] }>(
      sql`select id, tsvector_to_array(to_tsvector('recipe_words', name)) as words from ${sql.identifier(table)}`,
    )
    return new Map(rows.map(({ id, words }) => [id, words]))
  }
  const [ingredients, chefs] = [await names('ingredients'), await names('chefs')]
  const rows = await db.execute<Known & { chefId: number }>(sql`
    select r.id, cuisine, difficulty, prep_time as prep, experience_years as experience, chef_id as "chefId",
      ingredient_ids as "ingredientIds", dietary_restrictions as diets, tsvector_to_array(to_tsvector('recipe_words', r.title)) as "titleWords",
      row_number() over (order by r.title, r.id)::int as "byTitle",
      row_number() over (order by r.created_at desc, r.id desc)::int as "byAge"
    from recipes r join chefs c on c.id = r.chef_id`)
  book = rows.map((row) => ({
    ...row,
    otherWords: [
      ...row.ingredientIds.flatMap((id) => ingredients.get(id) ?? []),
      ...(chefs.get(row.chefId) ?? []),
    ],
  }))
})

/** The words that the searches below use, as `recipe_words` stems them. */
const STEMS: Record<string, string> = {
  roasted: 'roast',
  smoked: 'smoke',
  ravioli: 'ravioli',
  tomatoes: 'tomato',
  mirin: 'mirin',
  KOFTE: 'koft',
  garlic: 'garlic',
  sofia: 'sofia',
  onions: 'onion',
  venison: 'venison',
}

/** Whether a recipe meets the parts of a search, each by itself. */
function meets(known: Known, search: RecipeSearch, stock: boolean) {
  const level = DIFFICULTIES[known.difficulty - 1] ?? expect.fail()
  const has = (id: number) => known.ingredientIds.includes(id)
  return {
    cuisine: !search.cuisines.length || search.cuisines.includes(known.cuisine),
    difficulty: !search.difficulties.length || search.difficulties.includes(level),
    prep: known.prep <= (search.maxPrepMinutes ?? Number.POSITIVE_INFINITY),
    others:
      known.experience >= (search.minChefExperience ?? 0) &&
      search.contains.every(has) &&
      search.diets.every((diet) => known.diets.includes(diet)) &&
      !search.excludes.some(has) &&
      !(stock && known.ingredientIds.some((id) => missing.has(id))),
  }
}

/** How the words of a search match: 0 all in the title, 1 some, 2 none but elsewhere; null where one is missing. */
function tierOf(known: Known, words: string): number | null {
  const stems = words.split(' ').filter(Boolean)
  const isIn = (names: string[], word: string, place: number) => {
    const stem = STEMS[word] ?? expect.fail(word)
    return names.some((name) => (place === stems.length - 1 ? name.startsWith(stem) : name === stem))
  }
  const inTitle = stems.map((word, place) => isIn(known.titleWords, word, place))
  if (!stems.every((word, place) => inTitle[place] || isIn(known.otherWords, word, place))) return null
  return inTitle.every(Boolean) ? 0 : inTitle.some(Boolean) ? 1 : 2
}

/** What a search finds, by looking at every recipe. */
function naively(search: RecipeSearch, stock: boolean): number[] {
  const key = ({ byTitle, byAge, prep }: Known) =>
    search.sort === 'title' ? byTitle : search.sort === 'newest' ? byAge : prep
  return book
    .flatMap((known) => {
      if (!Object.values(meets(known, search, stock)).every(Boolean)) return []
      const tier = tierOf(known, search.words)
      return tier === null ? [] : [{ known, tier: search.sort === 'relevance' ? tier : 0 }]
    })
    .sort((a, b) => a.tier - b.tier || key(a.known) - key(b.known) || a.known.id - b.known.id)
    .map(({ known }) => known.id)
}

type Asked = { search: RecipeSearch; stock?: RestaurantScope | null; costs?: typeof costs | null }

/** As the page asks: the terms once, then what is found. */
async function ask({ search, stock = null, costs = null }: Asked) {
  const terms = await resolveRecipeSearch(database.db, scope, { search, stock })
  return { instead: terms.instead, ...(await searchRecipes(database.db, scope, terms, { costs })) }
}

async function tally({ search, stock = null }: Asked) {
  return countRecipes(database.db, scope, await resolveRecipeSearch(database.db, scope, { search, stock }))
}

async function readAll(search: RecipeSearch, stock: RestaurantScope | null): Promise<number[]> {
  const ids: number[] = []
  let after: RecipeSearch['after'] = null
  do {
    const page = await ask({ search: { ...search, after }, stock })
    expect(page.instead).toBeNull()
    expect(page.rows.length).toBeLessThanOrEqual(20)
    ids.push(...page.rows.map(({ id }) => id))
    after = page.next
  } while (after)
  return ids
}

/** Numerical Recipes' linear congruential generator modulo 2^32: a failure can be run again. */
function generator(state: number): (below: number) => number {
  let next = state
  return (below) => {
    next = (Math.imul(next, 1664525) + 1013904223) >>> 0
    return Math.floor((next / 2 ** 32) * below)
  }
}

const CUISINES = ['Italian', 'Thai', 'Greek', 'Turkish', 'Nordic', 'Nowhere']

function randomParams(draw: (below: number) => number): SearchParams {
  const maybe = (percent: number, value: () => string | string[]) =>
    draw(100) < percent ? value() : undefined
  const some = (values: readonly string[], most: number) =>
    Array.from({ length: 1 + draw(most) }, () => values[draw(values.length)] ?? '')
  const ingredients = (most: number) =>
    some(
      Array.from({ length: 40 }, (_, id) => String(1 + id)),
      most,
    )
  return {
    q: maybe(40, () => [...new Set(some(Object.keys(STEMS), 3))].join(' ')),
    cuisine: maybe(50, () => some(CUISINES, 2)),
    difficulty: maybe(40, () => some(DIFFICULTIES, 2)),
    diet: maybe(30, () => some(DIETS, 2)),
    prep: maybe(40, () => String(10 + 5 * draw(30))),
    experience: maybe(40, () => String(draw(40))),
    with: maybe(50, () => ingredients(3)),
    without: maybe(30, () => ingredients(draw(4) ? 3 : 30)),
    sort: maybe(70, () => some(RECIPE_SORTS, 1)),
  }
}

describe('a search', () => {
  test('finds over all its pages exactly what looking at every recipe finds, each once, in order', async () => {
    const draw = generator(58)
    let compared = 0
    let found = 0
    while (compared < 200) {
      const search = parseRecipeSearch(randomParams(draw))
      const stock = draw(100) < 15 ? bare : null
      const expected = naively(search, stock !== null)
      // A search that nothing meets may be answered with other words; one that most meet has thousands of pages.
      if (expected.length > 500 || (expected.length === 0 && search.words)) continue
      expect(await readAll(search, stock), JSON.stringify(search)).toEqual(expected)
      compared++
      if (expected.length > 20) found++
    }
    expect(found).toBeGreaterThan(50)
  })

  test('counts what it finds, and what each other choice would find', async () => {
    const draw = generator(7)
    for (let exact = 0; exact < 40; ) {
      const search = parseRecipeSearch(randomParams(draw))
      const facets = await tally({ search })
      if (facets.about) continue
      exact++
      const found = book
        .map((known) => ({ known, ...meets(known, search, false) }))
        .filter(({ known, others }) => others && tierOf(known, search.words) !== null)
      const shown = JSON.stringify(search)
      const count = (matches: (each: (typeof found)[number]) => boolean) => found.filter(matches).length
      expect(facets.total, shown).toBe(count((each) => each.cuisine && each.difficulty && each.prep))
      expect(facets.quick, shown).toBe(
        count(({ cuisine, difficulty, known }) => cuisine && difficulty && known.prep < 30),
      )
      expect(
        facets.difficulties.map(({ recipes }) => recipes),
        shown,
      ).toEqual(
        [1, 2, 3].map((level) =>
          count(({ cuisine, prep, known }) => cuisine && prep && known.difficulty === level),
        ),
      )
      if (!facets.aboutDiets)
        expect(
          facets.diets.map(({ recipes }) => recipes),
          shown,
        ).toEqual(
          DIETS.map((diet) =>
            count((each) => each.cuisine && each.difficulty && each.prep && each.known.diets.includes(diet)),
          ),
        )
      const cuisines = new Map(facets.cuisines.map(({ cuisine, recipes }) => [cuisine, recipes]))
      for (const name of new Set([...CUISINES, ...cuisines.keys()]))
        expect(cuisines.get(name) ?? 0, shown).toBe(
          count(({ difficulty, prep, known }) => difficulty && prep && known.cuisine === name),
        )
    }
  })

  test('counts a large part of the book about, from a sample, to two digits', async () => {
    const search = parseRecipeSearch({ without: '1' })
    const { total, about, cuisines } = await tally({ search })
    const exact = naively(search, false).length
    expect(about).toBe(true)
    expect(total % 100).toBe(0)
    expect(Math.abs(total - exact)).toBeLessThan(0.1 * exact)
    expect(cuisines[0]?.cuisine).toBe('Italian')
  })

  test('by keyset goes on where a page ended though that recipe has gone meanwhile', async () => {
    const search = parseRecipeSearch({ cuisine: 'Greek', difficulty: 'easy', sort: 'title' })
    const expected = naively(search, false)
    const { next, rows } = await ask({ search })
    const last = rows.at(-1)?.id ?? expect.fail()
    await database.db.execute(sql`update recipes set cuisine = 'Moved' where id = ${last}`)
    const second = await ask({ search: { ...search, after: next } })
    await database.db.execute(sql`update recipes set cuisine = 'Greek' where id = ${last}`)
    expect(second.rows.map(({ id }) => id)).toEqual(expected.slice(20, 40))
  })
})

const find = (params: SearchParams, proof: typeof costs | null = null) =>
  ask({ search: parseRecipeSearch(params), costs: proof })

describe('the words of a search', () => {
  const titles = (rows: readonly FoundRecipe[]) => rows.map(({ title }) => title)

  test('find a title without its accents, in any case, and by the beginning of the last word', async () => {
    for (const q of ['kofte', 'KÖFTE', 'köf']) {
      const { rows, instead } = await find({ q, cuisine: 'Turkish' })
      expect(instead).toBeNull()
      expect(rows).toHaveLength(20)
      for (const title of titles(rows)) expect(title).toMatch(/köfte$/)
    }
  })

  test('that are misspelled are answered with the words that look like them, and it is said', async () => {
    const { rows, instead, next } = await find({ q: 'rissotto' })
    expect(instead).toBe('risotto')
    expect(rows).toHaveLength(20)
    expect(next).not.toBeNull()
    for (const title of titles(rows)) expect(title).toContain('risotto')
    expect((await find({ q: 'venision gnocci' })).instead).toBe('venison gnocchi')
  })

  test('that look like nothing find nothing', async () => {
    expect(await find({ q: 'xyzzyqqq' })).toEqual({ rows: [], next: null, instead: null })
  })

  test('that say nothing are left out', async () => {
    const [plain, padded] = [await find({ q: 'ravioli' }), await find({ q: 'the ravioli' })]
    expect(padded.rows).toEqual(plain.rows)
  })

  test('find an ingredient under its new name at once', async () => {
    const { db } = database
    await db.execute(sql`update ingredients set name = 'Zanzibar vanilla' where id = 480`)
    const { rows } = await find({ q: 'zanzibar' })
    await db.execute(sql`update ingredients set name = 'Renamed back' where id = 480`)
    expect(rows).toHaveLength(20)
  })
})

describe('a found recipe', () => {
  test('costs what the lines of its card cost at today’s prices, for those who may know', async () => {
    const { rows } = await find({ cuisine: 'Italian' }, costs)
    const ids = rows.map(({ id }) => id)
    const exact = await database.db.execute<{ id: number; cost: number }>(sql`
      select recipe_id as id, round(sum(quantity * unit_price))::int as cost
      from recipe_ingredients join ingredients on ingredients.id = ingredient_id
      where recipe_id = any(${sql.param(ids)}::int[]) group by recipe_id`)
    expect(new Map(rows.map(({ id, cost }) => [id, cost]))).toEqual(
      new Map(exact.map(({ id, cost }) => [id, cost])),
    )
    expect((await find({ cuisine: 'Italian' })).rows.every(({ cost }) => cost === null)).toBe(true)
  })
})

describe('bad input', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => 1 + index).join(',')
  test.each([
    { q: '%' },
    { q: '_' },
    { q: `'; drop table recipes; --` },
    { q: `" ' \\ \`` },
    { q: 'a & | ! ( ) :* <-> b' },
    { q: 'nul\0byte' },
    { q: 'x'.repeat(10_000) },
    { q: 'ab '.repeat(3_000) },
    { q: 'شوربة عدس' },
    { q: 'מרק ירקות' },
    { q: '\u202eevil\u202c' },
    { q: '\u0301\u0301' },
    { q: '😀' },
    { with: ids(500) },
    { without: ids(500) },
    { with: ids(500), without: ids(500), q: 'roasted' },
    { with: '2147483647', cuisine: `O'Hara %_` },
    { prep: '0', experience: '80' },
    { sort: 'title', after: 'title~0~2147483647~\u{10FFFF}' },
    { sort: 'newest', after: 'newest~0~1~9999999999999999' },
    { q: 'roasted', after: 'relevance~2~1~99999' },
  ] satisfies SearchParams[])('number %# is answered', async (params) => {
    const search = parseRecipeSearch(params)
    const { rows } = await ask({ search, stock: bare })
    expect(rows.length).toBeLessThanOrEqual(20)
    const { total } = await tally({ search, stock: bare })
    expect(total).toBeGreaterThanOrEqual(0)
  })
})
