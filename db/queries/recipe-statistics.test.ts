import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { parseRecipeSearch } from '@/domain/recipe-search'
import { chainScope, type Person, systemScope } from '@/domain/scope'
import type { Db } from '../client'
import { compactTallies, rollUpRecipes } from '../jobs/recipe-figures'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { countRecipes } from './recipe-facets'
import { getRecipeStatistics } from './recipe-statistics'
import { resolveRecipeSearch } from './recipe-terms'

const database = testDatabase('volume')
const scope =
  chainScope({ userId: 1, role: 'kitchen', restaurants: [] } as unknown as Person) ?? expect.fail()

/** From the recipes themselves. */
async function naively(db: Db) {
  const figures = sql`count(*)::int as recipes, avg(prep_time) as "averagePrepMinutes",
    avg(difficulty) as "averageDifficulty", (count(*) filter (where prep_time < 30))::int as quick`
  const [overall] = await db.execute(
    sql`select ${figures}, (count(*) filter (where cuisine = 'Italian'))::int as italian from recipes`,
  )
  const cuisines = await db.execute(
    sql`select cuisine, ${figures} from recipes group by cuisine order by recipes desc, cuisine`,
  )
  return { overall, cuisines: [...cuisines] }
}

const insert = (db: Db, cuisine: string, count: number) =>
  db.execute(sql`insert into recipes (title, cuisine, difficulty, prep_time, chef_id)
    select 'New ' || n, ${cuisine}, 1 + n % 3, 10 + n % 50, 1 from generate_series(1, ${count}::int) n`)

const rowsOfTallies = async () =>
  (await database.db.execute<{ n: number }>(sql`select count(*)::int as n from recipe_tallies`))[0]?.n ?? 0

describe('the statistics', () => {
  test('are one query, and equal to the last digit what the recipes themselves say', async () => {
    const { db } = database
    const { result, queries } = await countQueries(() => getRecipeStatistics(db, scope))
    expect(queries).toBe(1)
    expect(result).toEqual(await naively(db))
    expect(result.cuisines).toHaveLength(15)
  })

  test('follow every kind of write in its own transaction, and no other', async () => {
    const { db } = database
    const before = await getRecipeStatistics(db, scope)
    await db.transaction(async (tx) => {
      await insert(tx, 'Peruvian', 700)
      await tx.execute(sql`update recipes set difficulty = 3, prep_time = prep_time + 1 where id % 7 = 3`)
      await tx.execute(sql`update recipes set title = title || '!' where id % 11 = 3`)
      await tx.execute(sql`delete from recipes where id > 1000 and id % 13 = 3`)
      expect(await getRecipeStatistics(tx, scope)).toEqual(await naively(tx))
      await expect(
        tx.transaction(async (nested) => {
          await insert(nested, 'Peruvian', 1)
          throw new Error('undone')
        }),
      ).rejects.toThrow('undone')
    })
    const after = await getRecipeStatistics(db, scope)
    expect(after).toEqual(await naively(db))
    expect(after).not.toEqual(before)
  })

  test('stay right while many write and the tallies are summed up', async () => {
    const { db } = database
    const writer = async (n: number) => {
      for (let round = 0; round < 5; round++) {
        await insert(db, `Cuisine ${n % 3}`, 20)
        await db.execute(
          sql`update recipes set prep_time = 5 + (prep_time + ${n}::int) % 90 where id % 97 = ${n}::int`,
        )
      }
    }
    await Promise.all([
      ...Array.from({ length: 6 }, (_, n) => writer(n)),
      ...Array.from({ length: 10 }, () => compactTallies(db, systemScope())),
    ])
    expect(await getRecipeStatistics(db, scope)).toEqual(await naively(db))
    await compactTallies(db, systemScope())
    expect(await getRecipeStatistics(db, scope)).toEqual(await naively(db))
  })

  test('come from a few thousand rows once they are summed up, however many writes there were', async () => {
    const { db } = database
    for (let n = 0; n < 20; n++) await insert(db, 'Italian', 50)
    const grown = await rowsOfTallies()
    await compactTallies(db, systemScope())
    const [kinds] = await db.execute<{ n: number }>(
      sql`select count(distinct (cuisine, difficulty, prep_time))::int as n from recipes`,
    )
    expect(grown).toBeGreaterThan(kinds?.n ?? 0)
    expect(await rowsOfTallies()).toBe(kinds?.n)
  })

  test('of a search without more than cuisine, difficulty and time are exact, too', async () => {
    const { db } = database
    const search = parseRecipeSearch({ cuisine: 'Thai', prep: '45' })
    const facets = await countRecipes(
      db,
      scope,
      await resolveRecipeSearch(db, scope, { search, stock: null }),
    )
    const [exact] = await db.execute<{ total: number; quick: number }>(sql`
      select (count(*) filter (where prep_time <= 45))::int as total, (count(*) filter (where prep_time < 30))::int as quick
      from recipes where cuisine = 'Thai'`)
    expect(facets).toMatchObject({ ...exact, about: false })
  })

  test('of an empty book are noughts', async () => {
    const { db } = database
    await db.execute(sql`truncate recipes cascade`)
    expect(await getRecipeStatistics(db, scope)).toEqual({
      overall: { recipes: 0, averagePrepMinutes: null, averageDifficulty: null, quick: 0, italian: 0 },
      cuisines: [],
    })
    await rollUpRecipes(db, systemScope())
    const search = parseRecipeSearch({ q: 'anything' })
    expect(
      await countRecipes(db, scope, await resolveRecipeSearch(db, scope, { search, stock: null })),
    ).toMatchObject({ total: 0, about: false })
  })
})
