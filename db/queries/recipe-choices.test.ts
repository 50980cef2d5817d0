import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { nameKey } from '@/domain/name-key'
import { countQueries } from '../request-context'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen } from '../testing/kitchen'
import { findTypedNames, listDishesSelling, listRecipeChoices } from './recipe-choices'

const database = testDatabase()
let admin: AdminScope

beforeAll(async () => {
  const { db } = database
  await addChain(db)
  for (let n = 0; n < 5; n++) await addKitchen(db)
  admin = await adminOf(db)
  await db.execute(sql`
    insert into ingredients (name, unit, unit_price, supplier_id, is_active, allergens)
    values ('Crème fraîche', 'kg', 512.5, 1, true, '{milk}'), ('creme fraiche', 'l', 1, 1, true, '{}'),
      ('Old salt', 'kg', 20, 1, false, '{}')`)
  await db.execute(sql`insert into chefs (name, experience_years) values ('Ada', 3), ('Bo', 12), ('Ada', 7)`)
  // Carried by overrides: one restaurant left the risotto out, and one sells the oysters that the chain does not.
  await db.execute(sql`insert into menu_overrides (restaurant_id, menu_item_id, is_available)
    values (2, 1, false), (3, 4, true)`)
  await db.execute(sql`update menu_items set recipe_id = 1 where id in (4, 5)`)
  await db.execute(sql`insert into recipe_tallies (cuisine, difficulty, prep_time, recipes)
    values ('Gone', 1, 10, 1), ('Gone', 1, 10, -1)`)
})

const known = (ingredients: string[], chef = 'Bo', chefId: number | null = null) =>
  findTypedNames(database.db, admin, { ingredients, chef, chefId })

describe('what a recipe’s form offers', () => {
  test('is asked for in one query: active ingredients with their prices, chefs, and cuisines that have recipes', async () => {
    const { result, queries } = await countQueries(() =>
      listRecipeChoices(database.db, admin, { ingredientIds: [], chefId: null }),
    )
    expect(queries).toBe(1)
    expect(result.ingredients.map(({ name }) => name).sort()).toEqual(
      ['Beef', 'Butter', 'Crème fraîche', 'Rice', 'creme fraiche'].sort(),
    )
    expect(result.ingredients.find(({ id }) => id === 4)).toEqual({
      id: 4,
      name: 'Crème fraîche',
      unit: 'kg',
      unitPrice: '512.5',
      allergens: ['milk'],
      animalSources: null,
    })
    expect(result.chefs.filter(({ name }) => name === 'Ada').map(({ isShared }) => isShared)).toEqual([
      true,
      true,
    ])
    expect(result.chefs.find(({ name }) => name === 'Bo')?.isShared).toBe(false)
    expect(result.cuisines).toEqual(['Italian'])
  })

  test('has what stands on the card already, in use or not', async () => {
    const { ingredients } = await listRecipeChoices(database.db, admin, { ingredientIds: [6, 1], chefId: 1 })
    expect(ingredients.filter(({ id }) => id === 1)).toHaveLength(1)
    expect(ingredients.map(({ name }) => name)).toContain('Old salt')
  })
})

describe('a name that was typed', () => {
  test('is compared as people compare names, and the one spelled exactly so is taken', async () => {
    const { ingredients } = await known(['CRÈME  FRAICHE', 'creme fraiche', 'Crème fraîche', 'rice', 'Rice'])
    const found = (typed: string) => ingredients.get(typed)?.found?.id
    expect(found('CRÈME  FRAICHE')).toBe(4)
    expect(found('creme fraiche')).toBe(5)
    expect(found('Crème fraîche')).toBe(4)
    expect([found('rice'), found('Rice')]).toEqual([1, 1])
  })

  test('that the book does not know comes with those that are like it', async () => {
    const { ingredients, chef } = await known(['Buttr', 'Xyzzy'], 'Cheff')
    expect(ingredients.get('Buttr')).toEqual({ found: null, near: ['Butter'] })
    expect(ingredients.get('Xyzzy')).toEqual({ found: null, near: [] })
    expect(chef).toEqual({ id: null, near: ['Chef'] })
  })

  test('of two chefs is the one whom the card had, or whose number was typed', async () => {
    const chefId = async (typed: string, had: number | null) => (await known([], typed, had)).chef.id
    expect(await chefId('ada', null)).toBe(2)
    expect(await chefId('Ada', 4)).toBe(4)
    expect(await chefId('Ada (#4)', 2)).toBe(4)
    expect(await chefId('Ada', 3)).toBe(2)
    expect(await chefId('Ada (#3)', null)).toBeNull()
  })

  test('by its number is the one that a page could not name', async () => {
    const { ingredients, chef } = await known(['#4', '#999'], '#3')
    expect(ingredients.get('#4')?.found?.name).toBe('Crème fraîche')
    expect(ingredients.get('#999')?.found).toBeNull()
    expect(chef.id).toBe(3)
  })

  test.each([
    'CRÈME  Fraîche ',
    'ﬁne\tsalt',
    'Ångström',
    'Smørrebrød',
    'Straße',
    'İstanbul',
    'Ⅳ',
    'e\u0301clair',
  ])('%j has the same key here and in the database', async (name) => {
    const [row] = await database.db.execute<{ key: string }>(sql`select name_key(${name}) as key`)
    expect(nameKey(name)).toBe(row?.key)
  })
})

test('the dishes that sell a recipe are told with where they are on the menu', async () => {
  const { result, queries } = await countQueries(() => listDishesSelling(database.db, admin, { recipeId: 1 }))
  expect(queries).toBe(1)
  expect(result).toEqual([
    { id: 4, name: 'Oysters', price: 2900, restaurants: 1, first: ['Kitchen 3'] },
    { id: 1, name: 'Risotto', price: 1450, restaurants: 4, first: ['Kitchen 1', 'Kitchen 3', 'Kitchen 4'] },
    { id: 5, name: 'Truffle', price: 4900, restaurants: 0, first: [] },
  ])
  expect(await listDishesSelling(database.db, admin, { recipeId: 999 })).toEqual([])
})
