import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person } from '@/domain/scope'
import { countQueries } from '../request-context'
import { recipeIngredients, recipeSteps } from '../schema'
import { testDatabase } from '../testing/database'
import { getRecipeCard, listDishesUsing } from './recipes'

const database = testDatabase()
const scope =
  chainScope({ userId: 1, role: 'kitchen', restaurants: [] } as unknown as Person) ?? expect.fail()

const CUISINES = ['Italian', 'Thai', 'French']
/** Recipe n, from 1: what the list below writes to the database and what the tests expect of it. */
const recipe = (n: number) => ({
  id: n,
  title: `Plate ${n}`,
  cuisine: CUISINES[n % 3] ?? '',
  difficulty: 1 + (n % 3),
  prepTime: 10 + (n % 9) * 5,
  chefId: 1 + (n % 4),
  ingredientIds: [1 + (n % 2), 3 + (n % 3), 6 + (n % 5)],
})
const book = Array.from({ length: 200 }, (_, index) => recipe(index + 1))

beforeAll(async () => {
  const { db } = database
  await db.execute(
    sql`insert into suppliers (name, contact_person, phone, email, address) values ('S', '', '', '', '')`,
  )
  await db.execute(sql`insert into ingredients (name, unit, unit_price, supplier_id)
    select 'Ingredient ' || n, 'g', 1, 1 from generate_series(1, 12) n`)
  await db.execute(sql`update ingredients set allergens = '{gluten,milk}' where id = 7`)
  await db.execute(
    sql`insert into chefs (name, experience_years) select 'Chef ' || n, n * 3 from generate_series(1, 4) n`,
  )
  await db.execute(sql`
    insert into recipes (title, cuisine, difficulty, prep_time, chef_id, ingredient_ids)
    select title, cuisine, difficulty, "prepTime", "chefId", array(select json_array_elements_text("ingredientIds")::int)
    from json_to_recordset(${JSON.stringify(book)}::text::json)
      as b (title text, cuisine text, difficulty int, "prepTime" int, "chefId" int, "ingredientIds" json)`)
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
  await db.insert(recipeSteps).values([
    { recipeId: 1, position: 20, text: 'Serve.' },
    { recipeId: 1, position: 3, text: 'Cook.' },
    { recipeId: 1, position: 1, text: 'Chop.' },
    { recipeId: 2, position: 1, text: 'Boil.' },
  ])
  await db.execute(sql`insert into categories (name) values ('Mains')`)
  await db.execute(sql`insert into menu_items
    (name, description, price, category_id, preparation_time, station, recipe_id, is_available)
    select 'Dish ' || n, '', 100, 1, 10, 'grill', n, n % 4 <> 0 from generate_series(1, 20) n`)
})

describe('a recipe card', () => {
  test('holds its lines in order, in one query', async () => {
    const { result: card, queries } = await countQueries(() =>
      getRecipeCard(database.db, scope, { recipeId: 1 }),
    )
    expect(queries).toBe(1)
    expect(card).toMatchObject({ id: 1, title: 'Plate 1', chef: 'Chef 2' })
    expect(card?.lines).toEqual(
      recipe(1)
        .ingredientIds.reverse()
        .map((id) => ({
          ingredientId: id,
          ingredient: `Ingredient ${id}`,
          unit: 'g',
          quantity: '12.5',
          notes: 'finely',
          allergens: id === 7 ? ['gluten', 'milk'] : [],
          animalSources: null,
          cost: null,
        })),
    )
  })

  test('costs what its lines do, for who may know, each line and the whole rounded once', async () => {
    await database.db.execute(sql`update ingredients set unit_price = 0.27 where id in (2, 4, 7)`)
    const costs = chainScope({ role: 'manager', restaurants: [] } as unknown as Person, 'stock:read')
    const card = await getRecipeCard(database.db, scope, { recipeId: 1, portions: 3, costs })
    // 12.5 g at 0.27 cents, three times: 10.125 a line for three portions, 30.375 in all and 10.125 a portion.
    expect(card?.lines.map((line) => line.cost)).toEqual([10, 10, 10])
    expect(card?.cost).toEqual({ portion: 10, total: 30 })
    const kitchen = await getRecipeCard(database.db, scope, { recipeId: 1 })
    expect(kitchen?.cost).toBeNull()
  })

  test('names the dishes on the menu that sell it', async () => {
    const [sold, hidden] = [1, 4].map((recipeId) => getRecipeCard(database.db, scope, { recipeId }))
    expect((await sold)?.dishes).toEqual([{ id: 1, name: 'Dish 1', category: 'Mains', price: 100 }])
    expect((await hidden)?.dishes).toEqual([])
  })

  test('tells its method in the order of its steps, and has none where none was written', async () => {
    const [told, none] = [1, 3].map((recipeId) => getRecipeCard(database.db, scope, { recipeId }))
    expect((await told)?.steps).toEqual(['Chop.', 'Cook.', 'Serve.'])
    expect((await none)?.steps).toEqual([])
  })

  test.each([
    ['', 1],
    ['  ', 1],
    ['x'.repeat(2001), 1],
    ['Stir.', 0],
  ])('takes no step of %j at %i', async (text, position) => {
    const write = database.db.insert(recipeSteps).values({ recipeId: 5, position, text })
    await expect(write).rejects.toMatchObject({
      cause: { constraint_name: expect.stringMatching(/^recipe_steps_/) },
    })
  })

  test('is null where there is no such recipe', async () => {
    expect(await getRecipeCard(database.db, scope, { recipeId: 999_999 })).toBeNull()
  })
})

test('the dishes that an ingredient stops are the available ones that sell a recipe with it', async () => {
  const found = await listDishesUsing(database.db, scope, { ingredientId: 3, limit: 100 })
  const expected = book.filter((row) => row.id <= 20 && row.id % 4 !== 0 && row.ingredientIds.includes(3))
  expect(found.map((dish) => dish.name).sort()).toEqual(expected.map((row) => `Dish ${row.id}`).sort())
  expect(found.length).toBeGreaterThan(0)
})
