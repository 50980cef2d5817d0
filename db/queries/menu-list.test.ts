import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person, restaurantScope } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { listDishesToChange } from './menu-bulk'
import { getMenuPage, type MenuPageParams } from './menu-list'

const HERE = 1
const THERE = 2

const database = testDatabase()
const personOf = (role: Role) =>
  ({
    userId: 1,
    role,
    restaurants: [
      { id: HERE, slug: 'here' },
      { id: THERE, slug: 'there' },
    ],
  }) as unknown as Person
const manager = personOf('manager')
const chain = chainScope(manager) ?? expect.fail()
const here = restaurantScope(manager, 'here') ?? expect.fail()
const there = restaurantScope(manager, 'there') ?? expect.fail()
const costs = restaurantScope(manager, 'here', 'stock:read')

const FIRST: MenuPageParams = {
  search: '',
  categoryId: null,
  minPrice: null,
  maxPrice: null,
  maxPrepMinutes: null,
  diet: null,
  status: 'available',
  sort: 'popularity',
  descending: true,
  page: 1,
  pageSize: 20,
  featured: 6,
  costs: null,
  edits: null,
}
const menuOf = (scope: typeof chain | typeof here, params: Partial<MenuPageParams> = {}) =>
  getMenuPage(database.db, scope, { ...FIRST, ...params })
const namesOf = async (...args: Parameters<typeof menuOf>) =>
  (await menuOf(...args)).dishes.map((dish) => dish.name)
const dishOf = async (name: string, ...args: Parameters<typeof menuOf>) =>
  (await menuOf(...args)).dishes.find((dish) => dish.name === name) ?? expect.fail(`no ${name}`)

/** Their ids count from 1 in this order. */
const DISHES = [
  // name, description, price, category, minutes, calories, station, available, featured, recipe
  `('Tagliata', 'Sirloin, rocket and parmesan', 2400, 1, 14, 720, 'grill', true, true, 1)`,
  `('Risotto', 'With saffron', 1650, 1, 18, 610, 'saute', true, true, 2)`,
  `('Burger', '100% beef', 1400, 1, 10, null, 'grill', true, false, 3)`,
  `('Sea bass', 'Whole, with fennel', 2600, 1, 16, 480, 'grill', true, false, null)`,
  `('Tomato soup', 'With basil oil', 800, 2, 5, 210, 'cold', true, false, 4)`,
  `('Arancini', 'Yesterday’s risotto_today’s snack', 700, 2, 6, 390, 'fry', true, true, null)`,
  `('Lobster', 'When there is some', 4900, 1, 20, 420, 'grill', false, true, null)`,
  `('Eggnog', 'In winter', 900, 3, 3, 340, 'bar', true, true, null)`,
]

beforeAll(async () => {
  const { db } = database
  for (const statement of [
    `insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
      values ('Here', 'here', '', '', '11:00', '23:00', 'UTC'), ('There', 'there', '', '', '11:00', '23:00', 'UTC')`,
    `insert into suppliers (name, contact_person, phone, email, address) values ('Verde', '', '', '', '')`,
    `insert into ingredients (name, unit, unit_price, supplier_id) values
      ('Sirloin', 'kg', 2800, 1), ('Rocket', 'g', 1.25, 1), ('Rice', 'kg', 320, 1), ('Saffron', 'g', 900, 1),
      ('Ground beef', 'kg', 1100, 1), ('Tomato', 'kg', 250, 1)`,
    `insert into chefs (name, experience_years) values ('Ada', 9)`,
    `insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
      select name, 'Italian', 1, 10, 1 from unnest(array['Tagliata', 'Risotto', 'Burger', 'Soup']) as name`,
    `insert into recipe_ingredients (recipe_id, ingredient_id, quantity, position) values
      (1, 2, 20, 2), (1, 1, 0.22, 1), (2, 3, 0.09, 1), (2, 4, 0.2, 2), (3, 5, 0.18, 1), (4, 6, 0.3, 1)`,
    `update recipes set dietary_restrictions = case id when 2 then '{gluten_free}' else '{vegan,gluten_free}' end::text[]
      where id in (2, 4)`,
    `insert into categories (name, sort_order, is_active) values
      ('Mains', 2, true), ('Starters', 1, true), ('Winter', 3, false), ('Desserts', 4, true)`,
    `insert into menu_items (name, description, price, category_id, preparation_time, calories, station,
      is_available, is_featured, recipe_id) values ${DISHES.join(', ')}`,
    `insert into chain_popularity values (1, 90), (2, 140), (3, 90), (6, 12), (7, 300), (8, 300)`,
    `insert into item_popularity values (${HERE}, 3, 70), (${HERE}, 2, 30), (${THERE}, 1, 55)`,
    `insert into stock_levels (restaurant_id, ingredient_id, on_hand, minimum, par) values
      (${HERE}, 1, 2.2, 1, 9), (${HERE}, 2, 39.999, 1, 99), (${HERE}, 3, 9, 1, 9), (${HERE}, 4, 0.199, 0, 9),
      (${HERE}, 5, -0.5, 1, 9), (${THERE}, 4, 100, 1, 100), (${THERE}, 3, 100, 1, 100)`,
    `insert into menu_overrides (restaurant_id, menu_item_id, price, is_available, eighty_six_until) values
      (${HERE}, 1, 2650, null, null), (${HERE}, 4, null, false, null), (${HERE}, 5, null, null, 'infinity'),
      (${HERE}, 6, null, true, now() - interval '1 second'), (${HERE}, 7, 5000, true, null),
      (${THERE}, 3, null, null, now() + interval '1 hour')`,
  ])
    await db.execute(statement)
})

describe('the chain’s menu', () => {
  test('holds the available dishes of active categories, most sold first, then by name', async () => {
    expect(await namesOf(chain)).toEqual([
      'Risotto',
      'Burger',
      'Tagliata',
      'Arancini',
      'Sea bass',
      'Tomato soup',
    ])
  })

  test('shows a dish with its category, station, sales, price, minutes, calories and ingredients', async () => {
    expect(await dishOf('Tagliata', chain)).toEqual({
      id: 1,
      name: 'Tagliata',
      description: 'Sirloin, rocket and parmesan',
      category: 'Mains',
      station: 'grill',
      units: 90,
      price: 2400,
      prepMinutes: 14,
      calories: 720,
      diets: [],
      ingredients: ['Sirloin', 'Rocket'],
      portions: null,
      missing: [],
      isAvailable: true,
      isInActiveCategory: true,
      foodCostPercent: null,
      offUntil: null,
    })
  })

  test('has nothing 86’d, since only a restaurant can be out of a dish', async () => {
    expect(await menuOf(chain, { status: 'eighty_sixed' })).toMatchObject({ dishes: [], total: 0, page: 1 })
  })

  test('counts its dishes by category in menu order, leaving out categories without any', async () => {
    expect((await menuOf(chain)).categories).toEqual([
      { id: 2, name: 'Starters', available: 2, off: 0 },
      { id: 1, name: 'Mains', available: 4, off: 0 },
    ])
  })

  test('leads with featured dishes that can be had, most sold first', async () => {
    const { featured } = await menuOf(chain, { search: 'nothing like it' })
    expect(featured).toEqual([
      { id: 2, name: 'Risotto', category: 'Mains', price: 1650, units: 140 },
      { id: 1, name: 'Tagliata', category: 'Mains', price: 2400, units: 90 },
      { id: 6, name: 'Arancini', category: 'Starters', price: 700, units: 12 },
    ])
    expect((await menuOf(chain, { featured: 1 })).featured).toEqual(featured.slice(0, 1))
  })
})

describe('the chain’s menu for those who edit it', () => {
  const edits = chainScope(personOf('admin'), 'menu:edit')

  test('lists apart what the chain does not offer, and what is in a category that is off', async () => {
    expect(await namesOf(chain, { edits, status: 'off_menu' })).toEqual(['Eggnog', 'Lobster'])
    expect(await dishOf('Lobster', chain, { edits, status: 'off_menu' })).toMatchObject({
      isAvailable: false,
      isInActiveCategory: true,
    })
    expect(await dishOf('Eggnog', chain, { edits, status: 'off_menu' })).toMatchObject({
      isAvailable: true,
      isInActiveCategory: false,
    })
    expect(await namesOf(chain, { edits })).toEqual(await namesOf(chain))
    expect((await menuOf(chain, { edits })).categories).toContainEqual({
      id: 3,
      name: 'Winter',
      available: 0,
      off: 1,
    })
  })

  test('stays a restaurant’s where that is asked for', async () => {
    expect(await namesOf(here, { edits })).toEqual(await namesOf(here))
  })

  test('is what a bulk change of all that the filters find is about', async () => {
    const scope = edits ?? expect.fail()
    const found = (filter: Partial<MenuPageParams>, isOnMenu = true) =>
      listDishesToChange(database.db, scope, { selection: { filter: { ...FIRST, ...filter }, isOnMenu } })
    const names = async (...args: Parameters<typeof found>) =>
      (await found(...args)).dishes.map(({ name }) => name).sort()
    expect(await names({})).toEqual((await namesOf(chain)).sort())
    expect(await names({}, false)).toEqual(['Eggnog', 'Lobster'])
    expect(await names({ search: 'with', maxPrice: 1700 })).toEqual(['Risotto', 'Tomato soup'])
    const ticked = await listDishesToChange(database.db, scope, { selection: { ids: [8, 1, 999] } })
    expect(ticked.dishes).toEqual([
      { id: 1, name: 'Tagliata', category: 'Mains', categoryId: 1, price: 2400, isAvailable: true },
      { id: 8, name: 'Eggnog', category: 'Winter', categoryId: 3, price: 900, isAvailable: true },
    ])
    expect(ticked.categories.map(({ name }) => name)).toEqual(['Starters', 'Mains', 'Winter', 'Desserts'])
  })
})

describe('a restaurant’s menu', () => {
  test('leaves out what it does not sell and what is 86’d, ranked by its own sales', async () => {
    expect(await namesOf(here)).toEqual(['Burger', 'Risotto', 'Arancini', 'Lobster', 'Tagliata'])
    expect(await namesOf(there)).toEqual(['Tagliata', 'Arancini', 'Risotto', 'Sea bass', 'Tomato soup'])
  })

  test('has its own prices, and filters and sorts by them', async () => {
    expect((await dishOf('Tagliata', here)).price).toBe(2650)
    expect((await dishOf('Tagliata', there)).price).toBe(2400)
    // The lobster is sold here alone: the chain does not offer it.
    expect(await namesOf(here, { minPrice: 2500 })).toEqual(['Lobster', 'Tagliata'])
    expect(await namesOf(there, { minPrice: 2500 })).toEqual(['Sea bass'])
  })

  test('lists what is 86’d apart, until its time is over', async () => {
    expect(await namesOf(here, { status: 'eighty_sixed' })).toEqual(['Tomato soup'])
    expect(await namesOf(there, { status: 'eighty_sixed' })).toEqual(['Burger'])
    expect((await menuOf(here)).categories).toEqual([
      { id: 2, name: 'Starters', available: 1, off: 1 },
      { id: 1, name: 'Mains', available: 4, off: 0 },
    ])
  })

  test('tells when an 86 ends, unless it takes somebody to end it', async () => {
    const [burger] = (await menuOf(there, { status: 'eighty_sixed' })).dishes
    const hour = 60 * 60 * 1000
    expect(burger?.offUntil).toBeGreaterThan(Date.now())
    expect(burger?.offUntil).toBeLessThanOrEqual(Date.now() + hour)
    expect((await menuOf(here, { status: 'eighty_sixed' })).dishes[0]?.offUntil).toBeNull()
    expect((await dishOf('Arancini', here)).offUntil).toBeNull()
  })

  test('tells how many portions the stock makes, and what is missing for one', async () => {
    // Rocket for one portion and a gram short of two; sirloin for ten.
    expect(await dishOf('Tagliata', here)).toMatchObject({ portions: 1, missing: [] })
    expect(await dishOf('Risotto', here)).toMatchObject({ portions: 0, missing: ['Saffron'] })
    expect(await dishOf('Risotto', there)).toMatchObject({ portions: 500, missing: [] })
  })

  test('takes stock below zero, and what was never stocked, for none', async () => {
    expect(await dishOf('Burger', here)).toMatchObject({ portions: 0, missing: ['Ground beef'] })
    expect(await dishOf('Tagliata', there)).toMatchObject({ portions: 0, missing: ['Sirloin', 'Rocket'] })
  })

  test('can always prepare a dish without a recipe card', async () => {
    expect(await dishOf('Arancini', here)).toMatchObject({ portions: null, missing: [], ingredients: [] })
  })

  test('tells food cost of the price it sells at, to those who may see costs only', async () => {
    const plateCost = 0.22 * 2800 + 20 * 1.25
    const seen = await dishOf('Tagliata', here, { costs })
    expect(seen.foodCostPercent).toBe(Math.round((1000 * plateCost) / 2650) / 10)
    expect((await dishOf('Arancini', here, { costs })).foodCostPercent).toBeNull()
    expect((await dishOf('Tagliata', here)).foodCostPercent).toBeNull()
    expect(restaurantScope(personOf('kitchen'), 'here', 'stock:read')).toBeNull()
  })
})

describe('filters', () => {
  test('find words in name and description, all of them, in any case', async () => {
    expect(await namesOf(chain, { search: 'RISOTTO' })).toEqual(['Risotto', 'Arancini'])
    expect(await namesOf(chain, { search: ' basil  tomato ' })).toEqual(['Tomato soup'])
    expect(await namesOf(chain, { search: 'basil saffron' })).toEqual([])
  })

  test('take wildcards and quotes for what they are', async () => {
    expect(await namesOf(chain, { search: '100%' })).toEqual(['Burger'])
    expect(await namesOf(chain, { search: 'risotto_today' })).toEqual(['Arancini'])
    expect(await namesOf(chain, { search: '%' })).toEqual(['Burger'])
    expect(await namesOf(chain, { search: '_' })).toEqual(['Arancini'])
    expect(await namesOf(chain, { search: `\\ ' "{,}` })).toEqual([])
  })

  test('find a price range, a longest time, both ends included, and a diet', async () => {
    expect(await namesOf(chain, { minPrice: 800, maxPrice: 1650 })).toEqual([
      'Risotto',
      'Burger',
      'Tomato soup',
    ])
    expect(await namesOf(chain, { maxPrepMinutes: 6 })).toEqual(['Arancini', 'Tomato soup'])
    expect(await namesOf(chain, { diet: 'vegan' })).toEqual(['Tomato soup'])
    expect((await namesOf(chain, { diet: 'gluten_free' })).sort()).toEqual(['Risotto', 'Tomato soup'])
    expect(await namesOf(here, { diet: 'gluten_free', maxPrepMinutes: 18 })).toEqual(['Risotto'])
  })

  test('count each category under the filters beside it, and not under itself', async () => {
    const { categories, total, dishes } = await menuOf(chain, { maxPrice: 1650, categoryId: 1 })
    expect(dishes.map((dish) => dish.name)).toEqual(['Risotto', 'Burger'])
    expect(total).toBe(2)
    expect(categories.map(({ name, available }) => [name, available])).toEqual([
      ['Starters', 2],
      ['Mains', 2],
    ])
  })

  test('find nothing in a category that does not exist', async () => {
    expect(await menuOf(chain, { categoryId: 99, page: 3 })).toMatchObject({
      dishes: [],
      total: 0,
      page: 1,
      topUnits: 0,
    })
  })

  test('tell the most sold of what they find, for the bars', async () => {
    expect((await menuOf(chain)).topUnits).toBe(140)
    expect((await menuOf(chain, { categoryId: 2 })).topUnits).toBe(12)
  })
})

describe('orders', () => {
  test.each([
    ['name', false, ['Arancini', 'Burger', 'Risotto', 'Sea bass', 'Tagliata', 'Tomato soup']],
    ['name', true, ['Tomato soup', 'Tagliata', 'Sea bass', 'Risotto', 'Burger', 'Arancini']],
    ['price', false, ['Arancini', 'Tomato soup', 'Burger', 'Risotto', 'Tagliata', 'Sea bass']],
    ['prep', true, ['Risotto', 'Sea bass', 'Tagliata', 'Burger', 'Arancini', 'Tomato soup']],
    ['popularity', false, ['Sea bass', 'Tomato soup', 'Arancini', 'Burger', 'Tagliata', 'Risotto']],
    // Unknown calories come last either way.
    ['calories', false, ['Tomato soup', 'Arancini', 'Sea bass', 'Risotto', 'Tagliata', 'Burger']],
    ['calories', true, ['Tagliata', 'Risotto', 'Sea bass', 'Arancini', 'Tomato soup', 'Burger']],
  ] as const)('by %s, descending: %s', async (sort, descending, expected) => {
    expect(await namesOf(chain, { sort, descending })).toEqual(expected)
  })
})

describe('a thousand dishes', () => {
  const LEFT = 6

  beforeAll(async () => {
    await database.db.execute(sql`
      insert into menu_items (name, description, price, category_id, preparation_time, station, recipe_id)
      select 'Dish ' || n % 300, '', 1099 + n, 4, 15 + n % 20, 'grill', 1 + n % 4 from generate_series(1, 994) n`)
    await database.db.execute(sql`
      insert into chain_popularity select id, id % 7 from menu_items where category_id = 4 and id % 3 > 0`)
    await database.db.execute('analyze')
  })

  test('come as disjoint pages that hold them all, in the order of one long page', async () => {
    const all = await menuOf(chain, { pageSize: 2000 })
    expect(all.total).toBe(LEFT + 994)
    const pages = []
    for (let page = 1; page <= 50; page++) pages.push(await menuOf(chain, { page }))
    expect(pages.flatMap(({ dishes }) => dishes.map(({ id }) => id))).toEqual(all.dishes.map(({ id }) => id))
    expect(new Set(all.dishes.map(({ id }) => id)).size).toBe(1000)
  })

  test('end with the last page, however far beyond one asks', async () => {
    const last = await menuOf(chain, { page: 50 })
    expect(last).toMatchObject({ page: 50, total: 1000 })
    expect(await menuOf(chain, { page: 51 })).toEqual(last)
    expect(await menuOf(chain, { page: 2_147_483_647 })).toEqual(last)
    expect((await menuOf(chain, { page: 9, categoryId: 1 })).page).toBe(1)
  })

  test('take one query for the first fifty, with all that belongs to them, as for five', async () => {
    for (const pageSize of [5, 50]) {
      const { result, queries } = await countQueries(() => menuOf(here, { pageSize, costs }))
      expect(result.dishes).toHaveLength(pageSize)
      expect(result.dishes.every((dish) => dish.ingredients.length > 0 || dish.portions === null)).toBe(true)
      expect(queries).toBe(1)
    }
  })
})
