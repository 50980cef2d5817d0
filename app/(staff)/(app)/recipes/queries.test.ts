import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { rollUpRecipes } from '@/db/jobs/recipe-figures'
import { getRecipeStatistics } from '@/db/queries/recipe-statistics'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { recipeSearchParams } from '@/domain/recipe-search'
import { chainScope, type Person, systemScope } from '@/domain/scope'
import { loadRecipe } from './[id]/recipe-data'
import { loadRecipes } from './recipes-data'
import { readRecipesView } from './search-params'

const database = testDatabase()
const manager = { role: 'manager', restaurants: [] } as unknown as Person
const scope = chainScope(manager) ?? expect.fail()
const costs = chainScope(manager, 'stock:read') ?? expect.fail()

/** Sixty recipes: minestroni and pies of three cuisines, from twelve ingredients of which each card has four. */
beforeAll(async () => {
  const { db } = database
  await db.execute(
    sql`insert into suppliers (name, contact_person, phone, email, address) values ('S', '', '', '', '')`,
  )
  await db.execute(sql`insert into ingredients (name, unit, unit_price, supplier_id)
    select 'Ingredient ' || n, 'kg', 100, 1 from generate_series(1, 12) n`)
  await db.execute(sql`insert into chefs (name, experience_years) values ('Ada', 3), ('Bo', 12)`)
  await db.execute(sql`insert into recipes (title, cuisine, difficulty, prep_time, chef_id, ingredient_ids)
    select case n % 2 when 0 then 'Minestrone ' else 'Pie ' end || n, (array['Italian', 'Thai', 'Nordic'])[1 + n % 3],
      1 + n % 3, 10 + n, 1 + n % 2, array(select 1 + (n + step) % 12 from generate_series(0, 3) step order by 1)
    from generate_series(1, 60) n`)
  await db.execute(sql`insert into recipe_ingredients (recipe_id, ingredient_id, quantity)
    select id, unnest(ingredient_ids), 0.1 from recipes`)
  await rollUpRecipes(db, systemScope())
})

const search = (given: Record<string, string | string[]>) =>
  countQueries(() => loadRecipes(database.db, scope, readRecipesView(given), { stock: null, costs }))

describe('the recipe book’s pages keep to their budget of queries', () => {
  test.each([
    ['the whole book', {}, 60],
    ['cuisines, times and chefs', { cuisine: ['Italian', 'Thai'], prep: '40', experience: '5' }, 10],
    ['ingredients', { with: '1', without: '4', find: 'ingredient' }, 15],
    ['words in the order of titles', { q: 'minestrone', sort: 'title' }, 30],
    ['a word by relevance', { q: 'pie' }, 30],
  ])('a search of %s asks at most four', async (_, given, total) => {
    const { result, queries } = await search(given)
    expect(result.facets.total).toBe(total)
    expect(result.page.rows.length).toBe(Math.min(20, total))
    expect(queries).toBeLessThanOrEqual(4)
  })

  test('a misspelled word among everything else asks at most four', async () => {
    const { result, queries } = await search({
      q: 'minstrone',
      with: '1',
      without: '12',
      find: 'ingr',
      prep: '90',
    })
    expect(result.instead).toBe('minestrone')
    expect(result.page.rows).toHaveLength(result.facets.total)
    expect(queries).toBeLessThanOrEqual(4)
  })

  test('a page that begins among the best matches and ends among the others asks at most four', async () => {
    const first = await search({ q: 'ingredient pie' })
    const { next } = first.result.page
    const second = await search({
      q: 'ingredient pie',
      after: recipeSearchParams({ ...first.result.answered, after: next }).get('after') ?? '',
    })
    expect(first.queries).toBeLessThanOrEqual(4)
    expect(second.queries).toBeLessThanOrEqual(4)
    const shown = [...first.result.page.rows, ...second.result.page.rows].map(({ id }) => id)
    expect(new Set(shown).size).toBe(30)
  })

  test('a misspelled word is looked up, and the answer counted, in three', async () => {
    const { result, queries } = await search({ q: 'minstrone' })
    expect(result.instead).toBe('minestrone')
    expect(result.answered.words).toBe('minestrone')
    expect(result.facets.total).toBe(30)
    expect(queries).toBeLessThanOrEqual(3)
  })

  test('a recipe asks one for its card and at most three for what is like it', async () => {
    const { result, queries } = await countQueries(() =>
      loadRecipe(database.db, scope, { recipeId: 7, portions: 4, costs }),
    )
    expect(result?.card.cost).toEqual({ portion: 40, total: 160 })
    expect(result?.similar.length).toBeGreaterThan(0)
    expect(result?.similar.every(({ shared }) => shared.length >= 3)).toBe(true)
    expect(queries).toBeLessThanOrEqual(4)
  })

  test.each([
    ['without a card', '{}'],
    ['with two lines, which is too few to be like another', '{1,2}'],
    ['with ingredients of which no other recipe has three', '{1,5,9}'],
    ['with every ingredient', '{1,2,3,4,5,6,7,8,9,10,11,12}'],
  ])('a recipe %s asks no more', async (_, ingredientIds) => {
    const [made] = await database.db.execute<{ id: number }>(sql`
      with made as (
        insert into recipes (title, cuisine, difficulty, prep_time, chef_id, ingredient_ids)
        values ('Odd one', 'Lunar', 1, 20, 1, ${ingredientIds}) returning id, ingredient_ids
      ), card as (
        insert into recipe_ingredients (recipe_id, ingredient_id, quantity) select id, unnest(ingredient_ids), 1 from made
      )
      select id from made`)
    const recipeId = made?.id ?? 0
    const { result, queries } = await countQueries(() =>
      loadRecipe(database.db, scope, { recipeId, portions: 1, costs: null }),
    )
    expect(result?.card.title).toBe('Odd one')
    expect(queries).toBeLessThanOrEqual(4)
    await database.db.execute(sql`delete from recipes where id = ${recipeId}`)
  })

  test('a recipe that there is not is null', async () => {
    expect(await loadRecipe(database.db, scope, { recipeId: 999_999, portions: 1, costs: null })).toBeNull()
  })

  test('the cuisines ask one', async () => {
    const { result, queries } = await countQueries(() => getRecipeStatistics(database.db, scope))
    expect(result.overall).toMatchObject({ recipes: 60, italian: 20, quick: 19 })
    expect(queries).toBe(1)
  })
})
