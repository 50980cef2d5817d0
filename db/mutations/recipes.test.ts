import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { systemScope } from '@/domain/scope'
import { openSession } from '../client'
import { testDatabase } from '../testing/database'
import { addChain } from '../testing/kitchen'
import { createRecipes, type NewRecipe } from './recipes'

const held = testDatabase()
const scope = systemScope()
const origin = { source: 'test', importId: 1 }

beforeEach(async () => {
  await held.db.execute(sql`
    truncate recipes, chefs, ingredients, suppliers, menu_items, categories, users, cache_invalidations
    restart identity cascade`)
  await addChain(held.db)
})

const recipe = (row: number, changes: Partial<NewRecipe> = {}): NewRecipe => ({
  row,
  id: `r${row}`,
  title: `Recipe ${row}`,
  cuisine: 'Italian',
  difficulty: 'easy',
  prepMinutes: 20,
  calories: null,
  chef: 'Chef',
  chefExperience: 3,
  lines: [{ name: 'Rice', quantity: '80', unit: 'g', notes: '', allergens: [] }],
  method: ['Stir.', 'Serve.'],
  ...changes,
})
const line = (name: string, quantity: string, unit: 'kg' | 'g' | 'pcs' | 'l', notes = '') => ({
  name,
  quantity,
  unit,
  notes,
  allergens: [],
})
const create = (...recipes: NewRecipe[]) => createRecipes(held.db, scope, { recipes, origin })
const rows = (query: string) => held.db.execute(sql.raw(query))

describe('creating recipes by the batch', () => {
  test('writes card, method and the ids that the search looks up, and says the new ids', async () => {
    const made = await create(
      recipe(1, { lines: [line('Butter', '20', 'g'), line('Rice', '0.08', 'kg', 'washed')] }),
      recipe(2),
    )

    expect(made).toEqual({
      results: [
        { ok: true, change: 'created', id: 3 },
        { ok: true, change: 'created', id: 4 },
      ],
      newChefs: 0,
      newIngredients: 0,
    })
    expect(await rows('select title, chef_id, difficulty, ingredient_ids from recipes where id = 3')).toEqual(
      [{ title: 'Recipe 1', chef_id: 1, difficulty: 1, ingredient_ids: [1, 2] }],
    )
    expect(
      await rows(
        `select ingredient_id, quantity, notes from recipe_ingredients where recipe_id = 3 order by position`,
      ),
    ).toEqual([
      { ingredient_id: 2, quantity: '0.020', notes: '' },
      { ingredient_id: 1, quantity: '0.080', notes: 'washed' },
    ])
    expect(await rows('select text from recipe_steps where recipe_id = 3 order by position')).toEqual([
      { text: 'Stir.' },
      { text: 'Serve.' },
    ])
    expect(await rows('select sum(recipes)::int as tallied from recipe_tallies')).toEqual([{ tallied: 4 }])
  })

  test('makes one line of an ingredient that stands on a card twice, however it is spelled', async () => {
    await create(
      recipe(1, { lines: [line('RICE', '0.1', 'kg', 'boiled'), line('ricé', '50', 'g', 'fried')] }),
    )
    expect(
      await rows('select ingredient_id, quantity, notes from recipe_ingredients where recipe_id = 3'),
    ).toEqual([{ ingredient_id: 1, quantity: '0.150', notes: 'boiled; fried' }])
  })

  test('adds a chef and an ingredient once, under the first spelling, and matches the others to them', async () => {
    const made = await create(
      recipe(1, { chef: 'Zoë  Küng', lines: [line('Crème fraîche', '2', 'kg')] }),
      recipe(2, { chef: 'ZOE KUNG', chefExperience: 40, lines: [line('creme fraiche', '5', 'g')] }),
      recipe(3, { chef: 'Ｚｏｅ Kung', lines: [line('Cre\u0300me frai\u0302che', '7', 'g')] }),
    )
    expect(made).toMatchObject({ newChefs: 1, newIngredients: 1 })
    expect(await rows('select name, experience_years from chefs where id > 1')).toEqual([
      { name: 'Zoë  Küng', experience_years: 3 },
    ])
    expect(
      await rows(`select i.name, i.unit, i.unit_price, s.name as supplier from ingredients i join suppliers s on s.id = supplier_id
        where i.id > 3`),
    ).toEqual([{ name: 'Crème fraîche', unit: 'kg', unit_price: '0.0000', supplier: 'Not assigned' }])
    expect(
      await rows('select quantity from recipe_ingredients where recipe_id > 2 order by recipe_id'),
    ).toEqual([{ quantity: '2.000' }, { quantity: '0.005' }, { quantity: '0.007' }])
  })

  test('prefers the ingredient that is spelled as written where several are alike', async () => {
    await rows(`insert into ingredients (name, unit, unit_price, supplier_id) values ('RICE', 'pcs', 1, 1)`)
    const made = await create(
      recipe(1, { lines: [line('RICE', '1', 'pcs')] }),
      recipe(2, { lines: [line('Rice', '1', 'kg')] }),
    )
    expect(made.results.map(({ ok }) => ok)).toEqual([true, true])
  })

  test('refuses what does not fit the book, adds nothing for it, and takes the others', async () => {
    const made = await create(
      recipe(1, { lines: [line('Saffron', '1', 'g'), line('Rice', '3', 'pcs')] }),
      recipe(2, { lines: [line('Rice', '0.5', 'g')] }),
      recipe(3, { lines: [line('Saffron', '2', 'pcs')] }),
      recipe(4, { lines: [line('Saffron', '1', 'g')] }),
      recipe(5, { id: 'r3', title: 'Another' }),
      recipe(6, { id: 'r3', lines: [line('Saffron', '2', 'pcs')], title: 'Recipe 3' }),
    )
    expect(made.results).toEqual([
      { ok: false, reason: 'unit_mismatch', ingredient: 'Rice', unit: 'pcs', bookUnit: 'kg' },
      { ok: false, reason: 'too_fine', ingredient: 'Rice', quantity: '0.5', unit: 'g', bookUnit: 'kg' },
      { ok: true, change: 'created', id: 3 },
      { ok: false, reason: 'unit_mismatch', ingredient: 'Saffron', unit: 'g', bookUnit: 'pcs' },
      { ok: false, reason: 'said_otherwise', row: 3 },
      { ok: true, change: 'unchanged', id: 3 },
    ])
    expect(await rows('select name, unit from ingredients where id > 3')).toEqual([
      { name: 'Saffron', unit: 'pcs' },
    ])
  })

  test('finds a recipe without an id by its title and chef, and one with an id under any title', async () => {
    await create(recipe(1, { id: null }), recipe(2))
    const again = await create(
      recipe(1, { id: null, title: 'RECIPE 1', prepMinutes: 50 }),
      recipe(2, { title: 'Renamed' }),
      recipe(3, { id: null, chef: 'Somebody else', title: 'Recipe 1' }),
    )
    expect(again.results.map((result) => result.ok && result.change)).toEqual([
      'updated',
      'updated',
      'created',
    ])
    expect(await rows('select title, prep_time from recipes where id > 2 order by id')).toMatchObject([
      { title: 'RECIPE 1', prep_time: 50 },
      { title: 'Renamed' },
      { title: 'Recipe 1' },
    ])
  })

  test('never touches what another source brought or somebody typed', async () => {
    await create(recipe(1, { title: 'Risotto', id: null }))
    const other = await createRecipes(held.db, scope, {
      recipes: [recipe(1, { title: 'Risotto', id: null })],
      origin: { source: 'other', importId: 2 },
    })
    expect(other.results).toMatchObject([{ change: 'created' }])
    expect(await rows(`select count(*)::int as n from recipes where title = 'Risotto'`)).toEqual([{ n: 3 }])
  })

  test('rewrites a recipe that its source changed, with its card, method and tallies, and says that menus are stale', async () => {
    await create(recipe(1), recipe(2))
    await rows('update menu_items set recipe_id = 3 where id = 1')
    const again = await create(
      recipe(1, {
        prepMinutes: 90,
        difficulty: 'hard',
        lines: [line('Beef', '0.2', 'kg')],
        method: ['Sear.'],
      }),
      recipe(2),
    )
    expect(again.results).toEqual([
      { ok: true, change: 'updated', id: 3 },
      { ok: true, change: 'unchanged', id: 4 },
    ])
    expect(await rows('select prep_time, difficulty, ingredient_ids from recipes where id = 3')).toEqual([
      { prep_time: 90, difficulty: 3, ingredient_ids: [3] },
    ])
    expect(await rows('select ingredient_id from recipe_ingredients where recipe_id = 3')).toEqual([
      { ingredient_id: 3 },
    ])
    expect(await rows('select text from recipe_steps where recipe_id = 3')).toEqual([{ text: 'Sear.' }])
    expect(
      await rows(`select sum(recipes)::int as n from recipe_tallies where difficulty = 3 and prep_time = 90`),
    ).toEqual([{ n: 1 }])
    const told = await rows('select distinct tag from cache_invalidations order by tag')
    expect(told).toEqual([{ tag: 'menu' }, { tag: 'recipes' }])
  })

  test('leaves a recipe as people changed it here while its source repeats itself', async () => {
    await create(recipe(1))
    await rows(`update recipes set title = 'Corrected here' where id = 3`)
    expect((await create(recipe(1))).results).toEqual([{ ok: true, change: 'unchanged', id: 3 }])
    expect(await rows('select title from recipes where id = 3')).toEqual([{ title: 'Corrected here' }])
  })

  test('takes a dozen statements, however many recipes there are', async () => {
    const count = async (...recipes: NewRecipe[]) => {
      const before = held.db.gate.stats().queries
      await create(...recipes)
      return held.db.gate.stats().queries - before
    }
    const one = await count(recipe(1))
    const many = await count(...Array.from({ length: 200 }, (_, n) => recipe(n + 2)))
    expect(many).toBe(one)
    expect(one).toBeLessThanOrEqual(12)
  })

  test('waits for whoever creates the same recipe at the same moment, and then finds it', async () => {
    const rival = await openSession(held.url)
    await create(recipe(1))
    const [{ key } = { key: '' }] = await held.db.execute<{ key: string }>(
      sql`select import_key as key from recipes where id = 3`,
    )
    await rows('delete from recipes where id = 3')
    await rival.query('begin')
    await rival.query(
      `insert into recipes (title, cuisine, difficulty, prep_time, chef_id, import_key) values ('Rival', 'Thai', 1, 5, 1, $1)`,
      [key],
    )
    const created = create(recipe(1))
    await expect
      .poll(async () => rival.query(`select from pg_stat_activity where wait_event = 'transactionid'`))
      .toHaveLength(1)
    await rival.query('commit')
    await rival.close()
    expect((await created).results).toMatchObject([{ ok: true, change: 'updated' }])
    expect(await rows('select title from recipes where id > 2')).toEqual([{ title: 'Recipe 1' }])
  })

  test('adds a name once, when several do so at the same moment', async () => {
    const batches = Array.from({ length: 6 }, (_, n) =>
      create(recipe(n, { chef: 'New Chef', lines: [line('New ingredient', '1', 'kg')] })),
    )
    const made = await Promise.all(batches)
    expect(made.reduce((sum, { newChefs }) => sum + newChefs, 0)).toBe(1)
    expect(await rows(`select count(*)::int as n from chefs where name = 'New Chef'`)).toEqual([{ n: 1 }])
    expect(await rows(`select count(*)::int as n from ingredients where name = 'New ingredient'`)).toEqual([
      { n: 1 },
    ])
  })
})
