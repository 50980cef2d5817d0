import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { systemScope } from '@/domain/scope'
import { openSession } from '../client'
import { testDatabase } from '../testing/database'
import { addRestaurant } from '../testing/people'
import { purgeWalls } from './purge-walls'

const test = testDatabase()
const system = systemScope()

beforeAll(async () => {
  await addRestaurant(test.db, 'north')
  await addRestaurant(test.db, 'south')
})

/** In each restaurant five answers that are two days old and a second, and three a minute younger. */
beforeEach(async () => {
  await test.db.execute(sql`delete from wall_moves`)
  await test.db.execute(sql`delete from device_pairings`)
  await test.db.execute(sql`
    insert into wall_moves (restaurant_id, id, answer, created_at)
    select r.id, gen_random_uuid(), '{}', now() - interval '2 days' + a.age * interval '1 second'
    from restaurants r, (values (-1, 5), (60, 3)) as a (age, many), generate_series(1, a.many)`)
  await test.db.execute(sql`
    insert into device_pairings (secret_hash, code, expires_at)
    select 'hash ' || n, 'BBBBBBB' || n, now() + (n - 5) * interval '1 minute' from generate_series(1, 9) n`)
})

const left = async () => {
  const [row] = await test.db.execute(sql`
    select (select count(*)::int from wall_moves) as moves, (select count(*)::int from device_pairings) as pairings`)
  return row
}

it('deletes what is past its keep in batches, and nothing that may be asked for again', async () => {
  expect(await purgeWalls(test.db, system, { dryRun: true })).toEqual({ moves: 10, pairings: 5 })
  expect(await left()).toEqual({ moves: 16, pairings: 9 })
  expect(await purgeWalls(test.db, system, { batchSize: 2 })).toEqual({ moves: 10, pairings: 5 })
  expect(await left()).toEqual({ moves: 6, pairings: 4 })
  expect(await purgeWalls(test.db, system)).toEqual({ moves: 0, pairings: 0 })
})

it('skips what somebody holds, and takes it the next time', async () => {
  const session = await openSession(test.url)
  await session.query('begin')
  await session.query(`select from wall_moves where created_at < now() - interval '2 days'
    order by restaurant_id, id limit 1 for update`)
  await session.query(`select from device_pairings where code = 'BBBBBBB1' for update`)
  expect(await purgeWalls(test.db, system, { batchSize: 2 })).toEqual({ moves: 9, pairings: 4 })
  await session.query('rollback')
  await session.close()
  expect(await purgeWalls(test.db, system)).toEqual({ moves: 1, pairings: 1 })
})
