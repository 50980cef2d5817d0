import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { createRecipes, type NewRecipe } from '@/db/mutations/recipes'
import { reserveId, saveRecord } from '@/db/mutations/records'
import { getRecord } from '@/db/queries/records'
import { countQueries } from '@/db/request-context'
import { type AdminScope, adminOf } from '@/db/testing/admin'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen } from '@/db/testing/kitchen'
import type { RecipeCard } from '@/domain/recipe-card'
import { systemScope } from '@/domain/scope'
import { loadRecipes } from '../recipes-data'
import { readRecipesView } from '../search-params'
import { loadRecipeEditor, loadRecipeForm } from './editor-data'

const held = testDatabase()
let admin: AdminScope

beforeAll(async () => {
  await addChain(held.db)
  await addKitchen(held.db)
  admin = await adminOf(held.db)
})

const keyOf = (id: number) => ({ id, restaurantId: null })
const docOf = async (id: number): Promise<RecipeCard> =>
  (await getRecord(held.db, admin, 'recipe', keyOf(id), null))?.doc ?? expect.fail()

async function save(id: number, change: Partial<RecipeCard>): Promise<void> {
  const base = await docOf(id)
  const saved = await saveRecord(held.db, admin, 'recipe', {
    key: keyOf(id),
    base,
    doc: { ...base, ...change },
  })
  expect(saved).toEqual({ ok: true, key: keyOf(id), changed: true })
}

async function add(change: Partial<RecipeCard>): Promise<number> {
  const id = await reserveId(held.db, admin, 'recipe')
  const doc = { ...(await docOf(1)), ...change }
  expect(await saveRecord(held.db, admin, 'recipe', { key: keyOf(id), base: null, doc })).toMatchObject({
    ok: true,
  })
  return id
}

/** What the search page finds, and in how many recipes it says so. */
async function found(given: Record<string, string>) {
  const { page, facets } = await loadRecipes(held.db, admin, readRecipesView(given), {
    stock: null,
    costs: null,
  })
  return { ids: page.rows.map(({ id }) => id), total: facets.total }
}

describe('a recipe’s form', () => {
  test('asks three queries: the recipe, what it offers, and what sells it', async () => {
    const { result, queries } = await countQueries(() =>
      loadRecipeEditor(held.db, admin, { recipeId: 1, changeSetId: null }),
    )
    expect(result?.doc).toEqual(await docOf(1))
    expect(result?.dishes).toMatchObject([{ name: 'Risotto', restaurants: 1 }])
    // With the session and the change set, five for the page.
    expect(queries).toBe(3)
  })

  test('asks two to begin another recipe with it', async () => {
    const { result, queries } = await countQueries(() =>
      loadRecipeForm(held.db, admin, { recipeId: 1, changeSetId: null }),
    )
    expect(result).toMatchObject({ doc: await docOf(1), isLive: true })
    // With the session, the change set and the new recipe's number, five for the page.
    expect(queries).toBe(2)
  })

  test('of a recipe that there is not is null', async () => {
    expect(await loadRecipeEditor(held.db, admin, { recipeId: 999, changeSetId: null })).toBeNull()
  })
})

describe('a recipe that was saved', () => {
  test('is found at once by its new name, cuisine, time and ingredients, and counted there', async () => {
    const id = await add({ title: 'Polenta', cuisine: 'Alpine', prepMinutes: 45, difficulty: 'medium' })
    expect(await found({ q: 'polenta' })).toEqual({ ids: [id], total: 1 })
    expect(await found({ cuisine: 'Alpine' })).toEqual({ ids: [id], total: 1 })

    const beef = { ingredientId: 3, quantity: '0.2', notes: '' }
    await save(id, {
      title: 'Brasato',
      cuisine: 'Piedmontese',
      prepMinutes: 12,
      difficulty: 'easy',
      lines: [beef],
    })
    expect(await found({ q: 'polenta' })).toMatchObject({ ids: [] })
    expect(await found({ q: 'brasato' })).toEqual({ ids: [id], total: 1 })
    expect(await found({ cuisine: 'Alpine' })).toEqual({ ids: [], total: 0 })
    expect(await found({ cuisine: 'Piedmontese', prep: '15', with: '3', without: '1' })).toEqual({
      ids: [id],
      total: 1,
    })
    const tallies = await held.db.execute(sql`
      select cuisine, difficulty, prep_time as prep, sum(recipes)::int as n from recipe_tallies
      group by 1, 2, 3 having sum(recipes) <> 0 order by 1, 3`)
    const counted = await held.db.execute(sql`
      select cuisine, difficulty, prep_time as prep, count(*)::int as n from recipes group by 1, 2, 3 order by 1, 3`)
    expect(tallies).toEqual(counted)
  })

  test('that came from a file stays known to it: left alone while the file says the same, then brought up to date', async () => {
    const row: NewRecipe = {
      row: 1,
      id: 'r1',
      title: 'Imported',
      cuisine: 'Italian',
      difficulty: 'easy',
      prepMinutes: 20,
      calories: null,
      chef: 'Chef',
      chefExperience: 3,
      lines: [{ name: 'Rice', quantity: '80', unit: 'g', notes: '', allergens: [] }],
      method: ['Stir.'],
    }
    const bring = async (recipe: NewRecipe, importId: number) =>
      (
        await createRecipes(held.db, systemScope(), {
          recipes: [recipe],
          origin: { source: 'file', importId },
        })
      ).results[0]
    const made = await bring(row, 1)
    const id = made?.ok ? made.id : expect.fail()
    const keys = () =>
      held.db.execute(
        sql`select import_key, import_hash, import_id, import_row from recipes where id = ${id}`,
      )
    const before = await keys()
    await save(id, { title: 'Edited here', steps: ['Stir longer.'] })
    expect(await keys()).toEqual(before)
    expect(await bring(row, 2)).toEqual({ ok: true, change: 'unchanged', id })
    expect(await docOf(id)).toMatchObject({ title: 'Edited here', steps: ['Stir longer.'] })
    expect(await bring({ ...row, calories: 500 }, 3)).toEqual({ ok: true, change: 'updated', id })
    expect(await docOf(id)).toMatchObject({ title: 'Imported', calories: 500, steps: ['Stir.'] })
  })
})
