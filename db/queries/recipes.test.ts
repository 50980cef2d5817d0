import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person } from '@/domain/scope'
import { countQueries } from '../request-context'
import { recipeIngredients, recipes } from '../schema'
import { testDatabase } from '../testing/database'
import {
  getRecipeCard,
  listChefRecipes,
  listDishesUsing,
  listRecipes,
  type RecipeFilter,
  type RecipeSummary,
  searchRecipeNames,
} from './recipes'

const database = testDatabase()
const scope =
  chainScope({ userId: 1, role: 'kitchen', restaurants: [] } as unknown as Person) ?? expect.fail()

const CUISINES = ['Italian', 'Thai', 'French']
const NAMES = [
  'Lasagna alla bolognese',
  'Tomato soup',
  'Risotto with saffron',
  'Green curry',
  '100% rye bread',
]

/** Recipe n, from 1: what the list below writes to the database and what the tests expect of it. */
const recipe = (n: number) => ({
  id: n,
  name: n <= NAMES.length ? (NAMES[n - 1] ?? '') : `Plate ${n}`,
  cuisine: CUISINES[n % 3] ?? '',
  difficulty: 1 + (n % 3),
  // Many recipes share a time, so that a page ends inside of a run of equals.
  prepTime: 10 + (n % 9) * 5,
  chefId: 1 + (n % 4),
  ingredientIds: [1 + (n % 2), 3 + (n % 3), 6 + (n % 5)],
})
const book = Array.from({ length: 200 }, (_, index) => recipe(index + 1))
const experience = (chefId: number) => chefId * 3

beforeAll(async () => {
  const { db } = database
  await db.execute(
    sql`insert into suppliers (name, contact_person, phone, email, address) values ('S', '', '', '', '')`,
  )
  await db.execute(sql`insert into ingredients (name, unit, unit_price, supplier_id)
    select 'Ingredient ' || n, 'g', 1, 1 from generate_series(1, 12) n`)
  await db.execute(
    sql`insert into chefs (name, experience_years) select 'Chef ' || n, n * 3 from generate_series(1, 4) n`,
  )
  await db.insert(recipes).values(book.map(({ id: _, ...row }) => row))
  await db.insert(recipeIngredients).values(
    book.flatMap((row) =>
      row.ingredientIds.map((ingredientId, index) => ({
        recipeId: row.id,
        ingredientId,
        quantity: '12.5',
        notes: 'finely',
        position: 10 - index,
      })),
    ),
  )
  await db.execute(sql`insert into categories (name) values ('Mains')`)
  await db.execute(sql`insert into menu_items
    (name, description, price, category_id, preparation_time, station, recipe_id, is_available)
    select 'Dish ' || n, '', 100, 1, 10, 'grill', n, n % 4 <> 0 from generate_series(1, 20) n`)
})

const quickestFirst = (a: { prepTime: number; id: number }, b: { prepTime: number; id: number }) =>
  a.prepTime - b.prepTime || a.id - b.id

async function readAll(
  filter: (Omit<RecipeFilter, 'limit'> & { cuisine: string }) | { quick: true } | { contains: number[] },
) {
  const all: RecipeSummary[] = []
  for (let after: { prepTime: number; id: number } | undefined; ; after = all.at(-1)) {
    const page = await listRecipes(database.db, scope, { ...filter, limit: 7, ...(after ? { after } : {}) })
    all.push(...page)
    if (page.length < 7) return all.map((found) => found.id)
  }
}

const idsWhere = (matches: (row: (typeof book)[number]) => boolean) =>
  book
    .filter(matches)
    .sort(quickestFirst)
    .map((row) => row.id)

describe('the recipe list', () => {
  test('gives a cuisine page after page, each recipe once, the quickest first', async () => {
    expect(await readAll({ cuisine: 'Italian' })).toEqual(idsWhere((row) => row.cuisine === 'Italian'))
  })

  test('gives what takes under thirty minutes', async () => {
    expect(await readAll({ quick: true })).toEqual(idsWhere((row) => row.prepTime < 30))
  })

  test('gives what contains all of the ingredients', async () => {
    const expected = idsWhere((row) => row.ingredientIds.includes(1) && row.ingredientIds.includes(6))
    expect(expected.length).toBeGreaterThan(7)
    expect(await readAll({ contains: [1, 6] })).toEqual(expected)
  })

  test('joins all parts of a filter', async () => {
    const found = await readAll({ cuisine: 'Thai', maxPrepTime: 30, minChefExperience: 6, contains: [4] })
    const expected = idsWhere(
      (row) =>
        row.cuisine === 'Thai' &&
        row.prepTime <= 30 &&
        experience(row.chefId) >= 6 &&
        row.ingredientIds.includes(4),
    )
    expect(found).toEqual(expected)
    expect(found.length).toBeGreaterThan(0)
  })

  test('a longest time under half an hour finds the same as without the partial index', async () => {
    expect(await readAll({ cuisine: 'French', maxPrepTime: 25 })).toEqual(
      idsWhere((row) => row.cuisine === 'French' && row.prepTime <= 25),
    )
  })

  test('tells each recipe with its chef', async () => {
    const [first] = await listRecipes(database.db, scope, { cuisine: 'Thai', limit: 1 })
    const expected = recipe(idsWhere((row) => row.cuisine === 'Thai')[0] ?? 0)
    const { ingredientIds: _, ...fields } = expected
    expect(first).toEqual({
      ...fields,
      calories: null,
      chef: `Chef ${expected.chefId}`,
      chefExperience: experience(expected.chefId),
    })
  })
})

describe('the search by name', () => {
  const search = async (query: string) =>
    (await searchRecipeNames(database.db, scope, { query, limit: 5 })).map((found) => found.name)

  test('finds words anywhere, in any order, in part, and a little misspelled', async () => {
    expect(await search('bolognese')).toEqual(['Lasagna alla bolognese'])
    expect(await search('soup tomato')).toEqual(['Tomato soup'])
    expect(await search('saff riso')).toEqual(['Risotto with saffron'])
    expect(await search('rissotto')).toEqual(['Risotto with saffron'])
    expect(await search('lasagne bolognese')).toEqual(['Lasagna alla bolognese'])
  })

  test('takes signs as separators, not as patterns', async () => {
    expect(await search('100% rye')).toEqual(['100% rye bread'])
    expect(await search('%%%')).toEqual([])
    expect(await search("o'; drop table recipes")).toEqual([])
  })

  test('gives nothing for words too short to look up', async () => {
    expect(await search('')).toEqual([])
    expect(await search('ri')).toEqual([])
  })

  test('keeps to its limit', async () => {
    expect(await search('plate')).toHaveLength(5)
  })
})

describe('a recipe card', () => {
  test('holds its lines in order, in one query', async () => {
    const { result: card, queries } = await countQueries(() => getRecipeCard(database.db, scope, 1))
    expect(queries).toBe(1)
    expect(card).toMatchObject({ id: 1, name: 'Lasagna alla bolognese', chef: 'Chef 2' })
    expect(card?.lines).toEqual(
      recipe(1)
        .ingredientIds.reverse()
        .map((id) => ({
          ingredientId: id,
          ingredient: `Ingredient ${id}`,
          unit: 'g',
          quantity: '12.5',
          notes: 'finely',
        })),
    )
  })

  test('is null where there is no such recipe', async () => {
    expect(await getRecipeCard(database.db, scope, 999_999)).toBeNull()
  })
})

test('a chef’s recipes come in the order they were written', async () => {
  const page = await listChefRecipes(database.db, scope, { chefId: 2, limit: 10 })
  const next = await listChefRecipes(database.db, scope, {
    chefId: 2,
    after: page.at(-1)?.id ?? 0,
    limit: 100,
  })
  expect([...page, ...next].map((found) => found.id)).toEqual(
    book.filter((row) => row.chefId === 2).map((row) => row.id),
  )
})

test('the dishes that an ingredient stops are the available ones that sell a recipe with it', async () => {
  const found = await listDishesUsing(database.db, scope, { ingredientId: 3, limit: 100 })
  const expected = book.filter((row) => row.id <= 20 && row.id % 4 !== 0 && row.ingredientIds.includes(3))
  expect(found.map((dish) => dish.name).sort()).toEqual(expected.map((row) => `Dish ${row.id}`).sort())
  expect(found.length).toBeGreaterThan(0)
})
