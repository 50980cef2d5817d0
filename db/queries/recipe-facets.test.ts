import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseRecipeSearch, type SearchParams } from '@/domain/recipe-search'
import { chainScope, type Person } from '@/domain/scope'
import { type Database, openDatabase } from '../client'
import { testDatabase } from '../testing/database'
import { countRecipes, type RecipeFacets } from './recipe-facets'
import { resolveRecipeSearch } from './recipe-terms'

const database = testDatabase('volume')
const scope =
  chainScope({ userId: 1, role: 'kitchen', restaurants: [] } as unknown as Person) ?? expect.fail()

async function count(params: SearchParams): Promise<RecipeFacets> {
  const search = parseRecipeSearch(params)
  return countRecipes(
    database.db,
    scope,
    await resolveRecipeSearch(database.db, scope, { search, stock: null }),
  )
}

const exactly = async (condition: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await database.db.execute<{ recipes: number }>(
    sql`select count(*)::int as recipes from recipes where ${condition}`,
  )
  return row?.recipes ?? expect.fail()
}

const clock = async (): Promise<Date> => {
  const [row] = await database.db.execute<{ now: string }>(sql`select clock_timestamp() as now`)
  return new Date(row?.now ?? expect.fail())
}

/** Without the diets of all recipes, which are of a sample where rows come and go. */
const settled = (facets: RecipeFacets): RecipeFacets =>
  facets.aboutDiets ? { ...facets, diets: [] } : facets

/** A quick Italian and a slow Thai recipe with some ingredients in common change places, again and again. */
async function changePlaces(db: Database, pair: { italian: number; thai: number }, until: () => boolean) {
  let times = 0
  for (; !until(); times++) {
    const [italian, thai] = times % 2 === 0 ? [pair.thai, pair.italian] : [pair.italian, pair.thai]
    await db.transaction(async (tx) => {
      await tx.execute(sql`update recipes set cuisine = 'Italian', prep_time = 20 where id = ${italian}`)
      await tx.execute(sql`update recipes set cuisine = 'Thai', prep_time = 50 where id = ${thai}`)
    })
  }
  return times
}

describe('counts while recipes change', () => {
  const pairs: { italian: number; thai: number }[] = []

  beforeAll(async () => {
    const ids = async (cuisine: string) => {
      const rows = await database.db.execute<{ id: number }>(sql`
        select id from recipes where cuisine = ${cuisine} and ingredient_ids @> '{1,2}' order by id limit 2`)
      return rows.map(({ id }) => id)
    }
    const [italian, thai] = [await ids('Italian'), await ids('Thai')]
    for (const n of [0, 1])
      pairs.push({ italian: italian[n] ?? expect.fail(), thai: thai[n] ?? expect.fail() })
    for (const pair of pairs) {
      await database.db.execute(sql`update recipes set prep_time = 20 where id = ${pair.italian}`)
      await database.db.execute(sql`update recipes set prep_time = 50 where id = ${pair.thai}`)
    }
  })

  test.each([
    ['of the tallies', {}],
    ['gathered by index', { with: '1,2' }],
  ])('those %s are all of one moment, and say of which', async (_, params) => {
    const before = await count(params)
    expect(before.about).toBe(false)
    const writers = openDatabase(database.url, { max: pairs.length })
    let isDone = false
    const written = pairs.map((pair) => changePlaces(writers, pair, () => isDone))
    try {
      for (let reading = 0; reading < 150; reading++) {
        const asked = await clock()
        const { asOf, ...counts } = settled(await count(params))
        expect(asOf.getTime()).toBeGreaterThanOrEqual(asked.getTime())
        expect(asOf.getTime()).toBeLessThanOrEqual((await clock()).getTime())
        // Each commit leaves every count as it was: another figure would be half of one transaction.
        expect({ ...counts, asOf: before.asOf }).toEqual(settled(before))
      }
    } finally {
      isDone = true
      for (const times of await Promise.all(written)) expect(times).toBeGreaterThan(10)
      await writers.close()
    }
  })
})

describe('counts from a sample', () => {
  test.each([
    [{ with: '1' }, sql`ingredient_ids @> '{1}'`],
    [{ without: '1,2,3' }, sql`not ingredient_ids && '{1,2,3}'`],
    [{ experience: '20' }, sql`chef_id in (select id from chefs where experience_years >= 20)`],
    [{ diet: 'gluten_free' }, sql`dietary_restrictions @> '{gluten_free}'`],
    [{ with: '1', difficulty: 'hard' }, sql`ingredient_ids @> '{1}' and difficulty = 3`],
  ])('say so and are near: %j', async (params, condition) => {
    const { total, about } = await count(params)
    const exact = await exactly(condition)
    expect(about).toBe(true)
    expect(Math.abs(total - exact) / exact).toBeLessThan(0.15)
    // No more digits than the sample tells.
    expect(Number(total.toPrecision(2))).toBe(total)
  })

  test('are what the diets of the whole book have, each near what it is', async () => {
    const facets = await count({ cuisine: 'Thai' })
    expect(facets).toMatchObject({ about: false, aboutDiets: true })
    for (const { diet, recipes } of facets.diets) {
      const exact = await exactly(sql`cuisine = 'Thai' and dietary_restrictions @> array[${diet}]`)
      // Of a sample of one in 25, three times its usual error.
      expect(Math.abs(recipes - exact)).toBeLessThan(3 * Math.sqrt(25 * exact) + 0.05 * exact)
    }
  })

  test('that shows hardly any are one digit, and none is still a guess', async () => {
    const rare = Array.from({ length: 500 }, (_, id) => id + 1).filter((id) => id % 2 === 1)
    const few = await count({ without: rare.join(',') })
    expect(few.about).toBe(true)
    expect(Number(few.total.toPrecision(1))).toBe(few.total)
    const all = await count({ without: Array.from({ length: 490 }, (_, id) => id + 1).join(',') })
    expect(all).toMatchObject({ about: true, total: 0 })
  })
})
