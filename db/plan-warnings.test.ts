import { beforeAll, expect, test } from 'vitest'
import { openSession } from './client'
import { explainReads } from './explain'
import { planWarnings } from './plan-warnings'
import { testDatabase } from './testing/database'

const held = testDatabase('migrated')

beforeAll(async () => {
  const session = await openSession(held.url)
  const [row] = await session.query<{ name: string }>('select current_database() as name')
  // For the connections that follow.
  await session.query(`alter database ${row?.name} set work_mem = '64kB'`)
  await session.query(`alter database ${row?.name} set max_parallel_workers_per_gather = 0`)
  // Else it sorts both sides of the join below.
  await session.query(`alter database ${row?.name} set enable_mergejoin = off`)
  await session.query('create table large (id int primary key, twin int, also int)')
  await session.query('insert into large select n, n % 1000, n % 1000 from generate_series(1, 20000) n')
  await session.query('create index large_twin on large (twin)')
  await session.query('vacuum analyze large')
  await session.close()
})

async function warningsOf(text: string): Promise<string[]> {
  const plans = await explainReads(held.url, (db) => db.execute(text), { limitMs: 30_000 })
  return plans.flatMap(({ tree }) => [...planWarnings(tree).values()].flat())
}

test('a table of more than 10,000 rows read from end to end, and a filter that threw most of them away', async () => {
  expect(await warningsOf('select * from large where also = 7')).toEqual([
    'sequential scan over 20,000 rows of large',
    '19,980 rows removed by filter for 20 kept',
  ])
})

test('a sort and a hash that went to disk', async () => {
  expect(await warningsOf('select * from large order by also')).toContainEqual(
    expect.stringMatching(/^sort on disk, [\d,]+ kB/),
  )
  expect(await warningsOf('select * from large a join large b on a.id + 0 = b.id + 0')).toContainEqual(
    expect.stringMatching(/^hash on disk, in \d+ batches/),
  )
})

test('an estimate that is off by ten, where columns go together', async () => {
  // The planner multiplies the two shares: 20,000 × 0.05 × 0.05, though each implies the other.
  const both = 'select count(*) from large where twin < 50 and also < 50'
  expect(await warningsOf(both)).toContainEqual(
    expect.stringMatching(/^estimate off by [\d.]+×: [\d,]+ rows expected, 1,000 found$/),
  )
})

test('nothing where an index finds what is asked, also where a limit ends its walk early', async () => {
  expect(await warningsOf('select * from large where id = 7')).toEqual([])
  expect(await warningsOf('select * from large order by id limit 5')).toEqual([])
})
