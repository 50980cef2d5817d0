import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainScope, type Person } from '@/domain/scope'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { listSimilarRecipes } from './similar-recipes'

const database = testDatabase('volume')
const scope =
  chainScope({ userId: 1, role: 'kitchen', restaurants: [] } as unknown as Person) ?? expect.fail()
const similar = (recipeId: number, limit = 12) => listSimilarRecipes(database.db, scope, { recipeId, limit })

type Card = { id: number; ingredientIds: number[] }
let cards: Card[]
let weights: Map<number, number>

beforeAll(async () => {
  cards = [
    ...(await database.db.execute<Card>(sql`
      select recipe_id as id, array_agg(ingredient_id) as "ingredientIds" from recipe_ingredients
      group by recipe_id order by recipe_id`)),
  ]
  weights = new Map(
    (
      await database.db.execute<{ id: number; weight: number }>(sql`
        select ingredient_id as id, ln((book - n + 0.5::float8) / (n + 0.5::float8) + 1) as weight
        from (select ingredient_id, count(*) as n from recipe_ingredients group by ingredient_id) counted,
          (select count(*) as book from recipes) recipes`)
    ).map(({ id, weight }) => [id, weight]),
  )
})

/** By comparing with every other recipe. Sums in the same order, so that equal scores are equal to the last bit. */
function byBruteForce(target: Card, limit: number): { id: number; score: number }[] {
  const weight = (id: number) => weights.get(id) ?? expect.fail()
  const lines = [...target.ingredientIds].sort((a, b) => weight(b) - weight(a) || a - b)
  return cards
    .flatMap(({ id, ingredientIds }) => {
      const shared = lines.filter((line) => ingredientIds.includes(line))
      if (id === target.id || shared.length < 3) return []
      return [{ id, score: shared.reduce((sum, line) => sum + weight(line), 0) }]
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, limit)
}

const scores = (found: readonly { id: number; score: number }[]) =>
  found.map(({ id, score }) => ({ id, score }))

describe('the similar recipes', () => {
  test('of 200 recipes are those that comparing with every other recipe finds, in three queries', async () => {
    for (let n = 0; n < 200; n++) {
      const target = cards[(n * 7919) % cards.length] ?? expect.fail()
      const { result, queries } = await countQueries(() => similar(target.id))
      expect(scores(result), `recipe ${target.id}`).toEqual(byBruteForce(target, 12))
      expect(queries).toBeLessThanOrEqual(3)
    }
  })

  test('of the recipes with the commonest ingredients are, too', async () => {
    const commonest = await database.db.execute<{ id: number }>(sql`
      select recipe_id as id from recipe_ingredients join ingredient_frequencies using (ingredient_id)
      group by recipe_id order by sum(recipes) desc, recipe_id limit 10`)
    for (const { id } of commonest) {
      const target = cards.find((card) => card.id === id) ?? expect.fail()
      expect(scores(await similar(id, 40)), `recipe ${id}`).toEqual(byBruteForce(target, 40))
    }
  })

  test('are all there are where fewer share three ingredients', async () => {
    const { db } = database
    // A card that shares three with its two twins and nothing but staples with anybody else.
    await db.execute(sql`
      with made as (
        insert into ingredients (name, unit, unit_price, supplier_id)
        select 'Rarity ' || n, 'g', 1, 1 from generate_series(1, 4) n returning id
      ), twins as (
        insert into recipes (title, cuisine, difficulty, prep_time, chef_id, ingredient_ids)
        select 'Twin ' || n, 'Lunar', 1, 20, 1, (select array_agg(id order by id) from made where id % 2 < 2)
        from generate_series(1, 3) n returning id, ingredient_ids
      )
      insert into recipe_ingredients (recipe_id, ingredient_id, quantity)
      select twins.id, line, 1 from twins cross join unnest(ingredient_ids) as line`)
    const twins = await db.execute<{ id: number }>(
      sql`select id from recipes where cuisine = 'Lunar' order by id`,
    )
    const [first, second, third] = twins.map(({ id }) => id)
    const found = await similar(first ?? 0)
    expect(found.map(({ id }) => id)).toEqual([second, third])
    // They have all that it has.
    expect(found.map(({ match }) => match)).toEqual([1, 1])
    expect(found[0]?.shared.map(({ name }) => name).sort()).toEqual([
      'Rarity 1',
      'Rarity 2',
      'Rarity 3',
      'Rarity 4',
    ])
  })

  test('say what they share, the rarest first, and what of it is a staple', async () => {
    const [card] = await database.db.execute<{ id: number }>(
      sql`select id from recipes where ingredient_ids @> '{1,2}' and id > 1000 order by id limit 1`,
    )
    const found = await similar(card?.id ?? 0, 40)
    const shared = found.flatMap((recipe) => recipe.shared)
    for (const recipe of found) {
      expect(recipe.shared.length).toBeGreaterThanOrEqual(3)
      const order = recipe.shared.map(({ weight }) => weight)
      expect(order).toEqual([...order].sort((a, b) => b - a))
      expect(recipe.shared.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(recipe.score)
      expect(recipe.match).toBeGreaterThan(0)
      expect(recipe.match).toBeLessThanOrEqual(1)
    }
    expect(shared.find(({ ingredientId }) => ingredientId === 1)?.staple).toBe(true)
    expect(shared.some(({ staple }) => !staple)).toBe(true)
  })

  test('are none for a recipe that is not there', async () => {
    expect(await similar(2_000_000_000)).toEqual([])
  })

  test('are found by the number shared before anything was rolled up', async () => {
    const { db } = database
    await db.execute(sql`delete from ingredient_frequencies`)
    const found = await similar(4711)
    expect(found.length).toBe(12)
    const counts = found.map(({ shared }) => shared.length)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
  })
})
