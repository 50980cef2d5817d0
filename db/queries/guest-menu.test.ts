import { beforeAll, describe, expect, test } from 'vitest'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { findGuestScope } from './access'
import { getGuestMenu } from './guest-menu'

const database = testDatabase()

beforeAll(async () => {
  const { db } = database
  for (const statement of [
    `insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
      values ('Here', 'here', '', '', '11:00', '23:00', 'UTC'), ('There', 'there', '', '', '11:00', '23:00', 'UTC')`,
    `insert into suppliers (name, contact_person, phone, email, address) values ('Verde', '', '', '', '')`,
    `insert into ingredients (name, unit, unit_price, supplier_id, allergens) values
      ('Flour', 'kg', 100, 1, '{gluten}'), ('Butter', 'kg', 900, 1, '{milk}'), ('Apple', 'kg', 200, 1, '{}'),
      ('Custard', 'l', 300, 1, '{milk,eggs}')`,
    `insert into chefs (name, experience_years) values ('Ada', 9)`,
    `insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
      select name, 'French', 1, 10, 1 from unnest(array['Tart', 'Compote']) as name`,
    `insert into recipe_ingredients (recipe_id, ingredient_id, quantity) values
      (1, 1, 0.2), (1, 2, 0.1), (1, 3, 0.3), (1, 4, 0.1), (2, 3, 0.3)`,
    `update recipes set dietary_restrictions = '{vegetarian,pescatarian,nut_free}' where id = 1`,
    `insert into categories (name, description, sort_order, is_active) values
      ('Desserts', 'Made here', 2, true), ('Drinks', '', 1, true), ('Hidden', '', 0, false), ('Empty', '', 3, true)`,
    `insert into menu_items (name, description, price, category_id, preparation_time, calories, station,
      is_available, is_featured, recipe_id) values
      ('Tart', 'Apple', 650, 1, 5, 420, 'pastry', true, false, 1),
      ('Compote', 'Apple', 450, 1, 5, null, 'pastry', true, false, 2),
      ('Surprise', 'Ask', 700, 1, 5, null, 'pastry', true, true, null),
      ('Water', 'Still', 300, 2, 1, 0, 'bar', true, false, null),
      ('Old tart', 'Gone', 600, 1, 5, null, 'pastry', false, false, 1),
      ('Secret', 'Hidden', 600, 3, 5, null, 'bar', true, false, null)`,
    `insert into item_popularity values (1, 2, 80), (1, 1, 20), (2, 1, 500)`,
    `insert into menu_overrides (restaurant_id, menu_item_id, price, is_available, eighty_six_until) values
      (1, 1, 690, null, null), (1, 2, null, null, 'infinity'), (2, 4, null, false, null)`,
  ])
    await db.execute(statement)
})

const menuOf = async (slug: string) => {
  const scope = (await findGuestScope(database.db, slug)) ?? expect.fail(`no ${slug}`)
  return getGuestMenu(database.db, scope)
}

describe('the guests’ menu', () => {
  test('holds what this restaurant sells, by category in menu order, at its prices', async () => {
    const menu = await menuOf('here')
    expect(menu.map(({ name, description }) => [name, description])).toEqual([
      ['Drinks', ''],
      ['Desserts', 'Made here'],
    ])
    expect(menu[1]?.dishes.map(({ name, price }) => [name, price])).toEqual([
      ['Surprise', 700],
      ['Tart', 690],
      ['Compote', 450],
    ])
  })

  test('names each allergen of the card once, none where it has none, and says when nobody knows', async () => {
    const desserts = (await menuOf('here')).flatMap(({ dishes }) => dishes)
    const allergensOf = (name: string) => desserts.find((dish) => dish.name === name)?.allergens
    expect(allergensOf('Tart')).toEqual(['eggs', 'gluten', 'milk'])
    expect(allergensOf('Compote')).toEqual([])
    expect(allergensOf('Surprise')).toBeNull()
  })

  test('tells the diets of the card, and none of a dish without one', async () => {
    const desserts = (await menuOf('here')).flatMap(({ dishes }) => dishes)
    expect(Object.fromEntries(desserts.map(({ name, diets }) => [name, diets]))).toEqual({
      Tart: ['vegetarian', 'pescatarian', 'nut_free'],
      Compote: [],
      Surprise: [],
      Water: [],
    })
  })

  test('marks what is 86’d here, at the end of its section, and nowhere else', async () => {
    const off = async (slug: string) =>
      (await menuOf(slug))
        .flatMap(({ dishes }) => dishes.filter((dish) => dish.soldOut))
        .map(({ name }) => name)
    expect(await off('here')).toEqual(['Compote'])
    expect(await off('there')).toEqual([])
  })

  test('leaves out what the restaurant does not sell, and the category that this empties', async () => {
    expect((await menuOf('there')).map(({ name }) => name)).toEqual(['Desserts'])
  })

  test('takes one query', async () => {
    const scope = (await findGuestScope(database.db, 'here')) ?? expect.fail()
    const { queries } = await countQueries(() => getGuestMenu(database.db, scope))
    expect(queries).toBe(1)
  })
})
