import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { systemScope } from '@/domain/scope'
import { testDatabase } from '../testing/database'
import { pruneInvalidations, pruneRuns } from './prune'

const database = testDatabase()
const system = systemScope()

beforeEach(() => database.db.execute(sql`truncate cache_invalidations, housekeeping_runs`))

test('what became stale is kept for a week', async () => {
  await database.db.execute(sql`
    insert into cache_invalidations (tag, created_at)
    select 'menu', now() - interval '7 days' + (n - 2999.5) * interval '2 minutes' from generate_series(0, 3999) n`)
  expect(await pruneInvalidations(database.db, system)).toBe(3000)
  expect(await pruneInvalidations(database.db, system)).toBe(0)
})

test('runs that did nothing are kept for two days, all others for 90, and the last good one of each job for ever', async () => {
  const run = (job: string, days: number, result: string, rows: number) =>
    database.db.execute(sql`
      insert into housekeeping_runs (job, started_at, finished_at, result, rows)
      values (${job}, now() - make_interval(days => ${days}::int), now() - make_interval(days => ${days}::int), ${result}, ${rows})`)
  await run('walls', 100, 'done', 5)
  await run('photos', 95, 'failed', 0)
  await run('photos', 94, 'done', 0)
  await run('photos', 80, 'failed', 0)
  await run('walls', 3, 'done', 0)
  await run('walls', 3, 'done', 2)
  await run('walls', 1, 'done', 0)
  await run('walls', 0, 'done', 0)
  expect(await pruneRuns(database.db, system)).toBe(3)
  const left = await database.db.execute(sql`
    select job, result, rows::int from housekeeping_runs order by id`)
  expect(left).toEqual([
    { job: 'photos', result: 'done', rows: 0 },
    { job: 'photos', result: 'failed', rows: 0 },
    { job: 'walls', result: 'done', rows: 2 },
    { job: 'walls', result: 'done', rows: 0 },
    { job: 'walls', result: 'done', rows: 0 },
  ])
})
