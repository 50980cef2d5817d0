import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { DIFFICULTIES, difficultyOf } from '@/domain/recipe'
import { systemScope } from '@/domain/scope'
import { openSession } from '../client'
import { testDatabase } from '../testing/database'
import { countMisjudged, recomputeDifficulty } from './recipe-difficulty'

const held = testDatabase('volume')
const scope = systemScope()

type Row = { id: number; prep: number; difficulty: number; version: string }
const book = () =>
  held.db.execute<Row>(
    sql`select id, prep_time as prep, difficulty, xmin::text as version from recipes order by id`,
  )
const wanted = ({ prep }: Row) => DIFFICULTIES.indexOf(difficultyOf(prep)) + 1
const tallies = () =>
  held.db.execute(sql`
    select cuisine, difficulty, prep_time, sum(recipes)::int as n from recipe_tallies group by 1, 2, 3
    except select cuisine, difficulty, prep_time, count(*) from recipes group by 1, 2, 3`)

test('gives every recipe the difficulty of its prep time, writes no other row, and keeps the tallies right', async () => {
  await held.db.execute(sql`update recipes set prep_time = 29 + id % 3 where id <= 30`)
  await held.db.execute(sql`update recipes set prep_time = 59 + id % 3 where id between 31 and 60`)
  const before = await book()
  const wrong = before.filter((row) => row.difficulty !== wanted(row)).length
  expect(wrong).toBeGreaterThan(1000)
  expect(await countMisjudged(held.db, scope)).toEqual({ recipes: 50_000, misjudged: wrong })

  const seen: number[] = []
  const done = await recomputeDifficulty(held.db, scope, {
    batchSize: 20_000,
    onProgress: (progress) => seen.push(progress.seen),
  })

  expect(done).toEqual({ seen: 50_000, changed: wrong })
  expect(seen).toEqual([20_000, 40_000, 50_000])
  const after = await book()
  expect(after.filter((row) => row.difficulty !== wanted(row))).toEqual([])
  const written = after.filter(({ version }, n) => version !== before[n]?.version)
  expect(written).toHaveLength(wrong)
  expect(await tallies()).toEqual([])
  expect(await recomputeDifficulty(held.db, scope)).toEqual({ seen: 50_000, changed: 0 })
})

test('goes by the prep time that somebody else is just giving a recipe', async () => {
  await held.db.execute(sql`update recipes set prep_time = 20, difficulty = 3 where id = 7`)
  const editor = await openSession(held.url)
  await editor.query('begin')
  await editor.query('update recipes set prep_time = 45 where id = 7')

  const recomputing = recomputeDifficulty(held.db, scope)
  await expect
    .poll(() => editor.query(`select from pg_stat_activity where wait_event = 'transactionid'`))
    .toHaveLength(1)
  await editor.query('commit')
  await editor.close()
  await recomputing

  expect(await held.db.execute(sql`select difficulty from recipes where id = 7`)).toEqual([{ difficulty: 2 }])
})
