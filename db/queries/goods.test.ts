import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { NO_SUPPLIER } from '@/domain/supplier'
import type { Database } from '../client'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { findPresentSlug } from './access'
import { getIngredientUse, listIngredients } from './ingredients'
import { getRestaurantUse, listRestaurants } from './restaurants'
import { getSupplierUse, listSupplierNames, listSuppliers } from './suppliers'

const database = testDatabase()
let db: Database
let admin: AdminScope
let ids: Record<string, number>

beforeAll(async () => {
  db = database.db
  admin = await adminOf(db)
  await db.execute(sql`
    with s as (
      insert into suppliers (name, contact_person, phone, email, address, is_active)
      values ('Verde', 'Márta', '', '', '', true), ('Gone', '', '', '', '', false), (${NO_SUPPLIER}, '', '', '', '', false)
      returning id, name
    ), i as (
      insert into ingredients (name, unit, unit_price, supplier_id, is_active)
      select g.name, 'kg', g.price, s.id, g.active
      from (values ('Crème', 250, 'Verde', true), ('Flour', 0, 'Not assigned', true), ('Salt 100%', 20.5, 'Verde', true),
        ('Old butter', 900, 'Verde', false)) g (name, price, supplier, active) join s on s.name = g.supplier
      returning id, name
    ), c as (
      insert into categories (name, is_active) values ('Mains', true), ('Closed', false) returning id, name
    ), h as (insert into chefs (name, experience_years) values ('Ada', 3) returning id),
    r as (
      insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
      select name, 'Italian', 1, 10, h.id from h, (values ('Soup'), ('Sauce')) g (name) returning id, title
    ), l as (
      insert into recipe_ingredients (recipe_id, ingredient_id, quantity)
      select r.id, i.id, g.quantity from (values ('Soup', 'Crème', 0.2), ('Soup', 'Salt 100%', 0.01), ('Sauce', 'Crème', 0.1))
        g (recipe, ingredient, quantity) join r on r.title = g.recipe join i on i.name = g.ingredient
    )
    insert into menu_items (name, description, price, category_id, preparation_time, station, recipe_id, is_available)
    select g.name, '', g.price, c.id, 5, 'saute', r.id, g.available
    from (values ('Soup of the day', 500, 'Mains', 'Soup', true), ('Big soup', 1000, 'Mains', 'Soup', true),
      ('Cold soup', 400, 'Mains', 'Soup', false), ('Hidden soup', 300, 'Closed', 'Soup', true)) g (name, price, category, recipe, available)
    join c on c.name = g.category join r on r.title = g.recipe`)
  const named = await db.execute<{ id: number; name: string }>(sql`
    select id, name from ingredients union all select id, name from suppliers`)
  ids = Object.fromEntries(named.map(({ id, name }) => [name, id]))
})

const everything = { search: '', supplierId: null, gap: null, isActive: true, page: 1, pageSize: 10 } as const
const namesOf = async (filter: object) =>
  (await listIngredients(db, admin, { ...everything, ...filter })).ingredients.map(({ name }) => name)

describe('the list of ingredients', () => {
  test('finds a piece of the name in any case and without accents, and takes it as it is', async () => {
    expect(await namesOf({ search: 'CREME' })).toEqual(['Crème'])
    expect(await namesOf({ search: '100%' })).toEqual(['Salt 100%'])
    expect(await namesOf({ search: '%' })).toEqual(['Salt 100%'])
    expect(await namesOf({ search: '_' })).toEqual([])
  })

  test('shows what an import left to be filled in, and what is out of use only when asked', async () => {
    expect(await namesOf({ gap: 'no_price' })).toEqual(['Flour'])
    expect(await namesOf({ gap: 'not_assigned' })).toEqual(['Flour'])
    await database.db.execute(sql`update ingredients set animal_sources = '{}' where name <> 'Crème'`)
    expect(await namesOf({ gap: 'not_described' })).toEqual(['Crème'])
    expect(await namesOf({ isActive: false })).toEqual(['Old butter'])
    expect(await namesOf({ supplierId: ids.Verde })).toEqual(['Crème', 'Salt 100%'])
  })

  test('comes page by page with the count of all, and says how many dishes need each', async () => {
    const first = await listIngredients(db, admin, { ...everything, pageSize: 2 })
    expect(first).toMatchObject({
      total: 3,
      ingredients: [
        { name: 'Crème', dishes: 3 },
        { name: 'Flour', dishes: 0 },
      ],
    })
    expect(await namesOf({ pageSize: 2, page: 2 })).toEqual(['Salt 100%'])
    expect(await listIngredients(db, admin, { ...everything, page: 9 })).toEqual({
      ingredients: [],
      total: 0,
    })
  })
})

describe('where an ingredient is used', () => {
  test('names the dishes on the menu that its price moves most, with what else they cost', async () => {
    expect(await getIngredientUse(db, admin, { id: ids.Crème ?? 0, limit: 5 })).toEqual({
      cards: 2,
      dishes: 2,
      restaurants: 0,
      affected: [
        { id: expect.any(Number), name: 'Soup of the day', price: 500, quantity: '0.2', otherCost: '0.205' },
        { id: expect.any(Number), name: 'Big soup', price: 1000, quantity: '0.2', otherCost: '0.205' },
      ],
    })
    expect(await getIngredientUse(db, admin, { id: 999_999, limit: 5 })).toEqual({
      cards: 0,
      dishes: 0,
      restaurants: 0,
      affected: [],
    })
  })
})

describe('suppliers', () => {
  test('are found by name or contact, with how many ingredients come from each', async () => {
    expect(await listSuppliers(db, admin, { search: 'marta', limit: 5 })).toMatchObject([
      { name: 'Verde', ingredients: 2, isActive: true },
    ])
    expect(await getSupplierUse(db, admin, { id: ids.Verde ?? 0, limit: 1 })).toEqual({
      ingredients: 2,
      first: [{ id: ids.Crème, name: 'Crème' }],
    })
  })

  test('that are out of use are offered only to what comes from them', async () => {
    const names = async (present: number | null) =>
      (await listSupplierNames(db, admin, { present })).map(({ name }) => name)
    expect(await names(null)).toEqual(['Verde'])
    expect(await names(ids.Gone ?? 0)).toEqual(['Gone', 'Verde'])
  })
})

describe('a restaurant', () => {
  test('that gave up its slug is found by it while it is active, and says what works with it', async () => {
    const [made] = await db.execute<{ id: number }>(sql`
      insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
      values ('Nord', 'nord-new', 'Hafen 1', '', '11:00', '23:00', 'UTC') returning id`)
    const id = made?.id ?? 0
    await db.execute(sql`insert into former_slugs (slug, restaurant_id) values ('nord', ${id})`)
    expect(await findPresentSlug(db, 'nord')).toBe('nord-new')
    expect(await findPresentSlug(db, 'nord-new')).toBeNull()
    expect(await findPresentSlug(db, 'no\0rd')).toBeNull()
    expect(await getRestaurantUse(db, admin, id)).toEqual({
      openOrders: 0,
      screens: 0,
      people: 0,
      apiKeys: 0,
      formerSlugs: ['nord'],
    })
    expect(await listRestaurants(db, admin, { search: 'hafen', limit: 5 })).toMatchObject([
      { name: 'Nord', slug: 'nord-new', openingTime: '11:00', isActive: true },
    ])
    await db.execute(sql`update restaurants set is_active = false where id = ${id}`)
    expect(await findPresentSlug(db, 'nord')).toBeNull()
  })
})
