import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dietsOf, type Makeup } from '@/domain/diet'
import type { Ingredient } from '@/domain/ingredient'
import type { RecipeCard } from '@/domain/recipe-card'
import { systemScope } from '@/domain/scope'
import { ALLERGENS, ANIMAL_SOURCES, type Diet } from '@/domain/vocabulary'
import { type Database, openDatabase } from '../client'
import { createRecipes } from '../mutations/recipes'
import { reserveId, saveRecord } from '../mutations/records'
import { type AdminScope, adminOf } from '../testing/admin'
import { testDatabase } from '../testing/database'
import { addChain } from '../testing/kitchen'
import { chainKey } from '../testing/menu'
import { ingredientRecords } from './goods'
import { keyText } from './kind'
import { recipeRecords } from './recipes'

const held = testDatabase()
let admin: AdminScope
/** A second process, so that two edits are at work at once. */
let other: Database

const INGREDIENTS = 6
const RECIPES = 5

beforeAll(async () => {
  other = openDatabase(held.url, { max: 4 })
  await addChain(held.db)
  admin = await adminOf(held.db)
  for (let n = 0; n < INGREDIENTS; n++)
    await addIngredient(`Thing ${n}`, { allergens: [], animalSources: [] })
  for (let n = 0; n < RECIPES; n++) await saveCard(held.db, await reserveId(held.db, admin, 'recipe'), [])
})
afterAll(() => other.close())

const makeup = fc.record({
  allergens: fc.subarray([...ALLERGENS]),
  animalSources: fc.option(fc.subarray([...ANIMAL_SOURCES]), { freq: 6 }),
})
const place = fc.nat({ max: 30 })
const edit = fc.oneof(
  fc.record({ do: fc.constant('describe' as const), which: place, makeup }),
  fc.record({
    do: fc.constant('card' as const),
    which: place,
    lines: fc.uniqueArray(place, { maxLength: 5 }),
  }),
  fc.record({
    do: fc.constant('import' as const),
    lines: fc.uniqueArray(place, { minLength: 1, maxLength: 5 }),
  }),
)
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

describe('the diets that are stored with a recipe', () => {
  test('are those of its ingredients after any edits of cards and ingredients, also two at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(edit, edit), { minLength: 1, maxLength: 6 }), async (pairs) => {
        for (const [one, two] of pairs) await Promise.all([take(held.db, one), take(other, two)])
        const recipes = await stored(held.db)
        expect(recipes.length).toBeGreaterThan(RECIPES)
        for (const { id, diets, lines } of recipes)
          expect({ id, diets }).toEqual({ id, diets: dietsOf(lines) })
      }),
      { numRuns: 100 },
    )
  })

  test('change in no row that they are right in already', async () => {
    const [id] = await ingredientIds(held.db)
    const versions = () =>
      held.db.execute<{ v: string }>(sql`select id, xmin::text as v from recipes order by id`)
    const doc = await ingredientOf(held.db, id ?? 0)
    const before = await versions()
    await saveRecord(held.db, admin, 'ingredient', {
      key: chainKey(id ?? 0),
      base: doc,
      doc: { ...doc, unitPrice: '77' },
    })
    expect(await versions()).toEqual(before)
  })
})

async function take(db: Database, edit: Edit): Promise<void> {
  const ids = await ingredientIds(db)
  const pick = (place: number) => ids[place % ids.length] ?? 0
  if (edit.do === 'describe') await describeIngredient(db, pick(edit.which), edit.makeup)
  if (edit.do === 'card') {
    const recipes = await db.execute<{ id: number }>(sql`select id from recipes order by id`)
    const id = recipes[edit.which % recipes.length]?.id ?? 0
    await saveCard(db, id, [...new Set(edit.lines.map(pick))])
  }
  if (edit.do === 'import') {
    const names = await db.execute<{ name: string }>(sql`
      select name from ingredients where id = any(${sql.param([...new Set(edit.lines.map(pick))])}::int[])`)
    await importRecipe(
      db,
      names.map(({ name }) => name),
    )
  }
}

async function ingredientOf(db: Database, id: number): Promise<Ingredient> {
  const found = (await ingredientRecords.read(db, [chainKey(id)], false)).get(keyText(chainKey(id)))
  if (!found) throw new Error(`There is no ingredient ${id}.`)
  return found
}

let imported = 0
async function importRecipe(db: Database, names: readonly string[]): Promise<void> {
  const lines = names.map((name) => ({ name, quantity: '1', unit: 'kg' as const, notes: '', allergens: [] }))
  const id = `recipe ${imported++ % 3}`
  const recipe = {
    ...{
      row: 1,
      id,
      title: id,
      cuisine: 'German',
      difficulty: 'easy' as const,
      prepMinutes: 10,
      calories: null,
    },
    ...{ chef: 'Chef', chefExperience: 9, lines, method: [`Stir ${imported} times.`] },
  }
  await createRecipes(db, systemScope(), { recipes: [recipe], origin: { source: 'book', importId: 1 } })
}

async function addIngredient(name: string, made: Makeup): Promise<void> {
  const key = chainKey(await reserveId(held.db, admin, 'ingredient'))
  const doc = {
    ...{ name, unit: 'kg', unitPrice: '1', supplierId: 1, isActive: true, packSize: '1', minimum: '1' },
    storageArea: 'dry',
    ...made,
  } as Ingredient
  const saved = await saveRecord(held.db, admin, 'ingredient', { key, base: null, doc })
  expect(saved).toMatchObject({ ok: true })
}

/** As somebody who opened the form just now. Who was overtaken has changed nothing, which is as good. */
async function describeIngredient(db: Database, id: number, made: Makeup): Promise<void> {
  const base = await ingredientOf(db, id)
  const doc = { ...base, ...made } as Ingredient
  const saved = await saveRecord(db, admin, 'ingredient', { key: chainKey(id), base, doc })
  if (!saved.ok) expect(saved.reason).toBe('changed_meanwhile')
}

async function saveCard(db: Database, id: number, ingredients: readonly number[]): Promise<void> {
  const base = (await recipeRecords.read(db, [chainKey(id)], false)).get(keyText(chainKey(id))) ?? null
  const doc = {
    ...{
      title: `Recipe ${id}`,
      cuisine: 'Italian',
      difficulty: 'easy',
      prepMinutes: 20,
      chefId: 1,
      calories: null,
    },
    lines: ingredients.map((ingredientId) => ({ ingredientId, quantity: '0.1', notes: '' })),
    steps: [],
  } as RecipeCard
  const saved = await saveRecord(db, admin, 'recipe', { key: chainKey(id), base, doc })
  if (!saved.ok) expect(saved.reason).toBe('changed_meanwhile')
}

async function ingredientIds(db: Database): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`select id from ingredients order by id`)
  return rows.map(({ id }) => id)
}

async function stored(db: Database) {
  return db.execute<{ id: number; diets: Diet[]; lines: Makeup[] }>(sql`
    select r.id, r.dietary_restrictions as diets, coalesce(json_agg(json_build_object(
      'allergens', i.allergens, 'animalSources', i.animal_sources)) filter (where i.id is not null), '[]') as lines
    from recipes r
    left join recipe_ingredients l on l.recipe_id = r.id
    left join ingredients i on i.id = l.ingredient_id
    where r.dietary_restrictions is not null
    group by r.id order by r.id`)
}
