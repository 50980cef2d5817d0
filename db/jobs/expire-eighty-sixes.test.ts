import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { menuTag } from '@/domain/cache-tags'
import { systemScope } from '@/domain/scope'
import { openSession } from '../client'
import { eightySix } from '../mutations/menu'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, feedGaps, type KitchenScope } from '../testing/kitchen'
import { expireEightySixes } from './expire-eighty-sixes'

const database = testDatabase()
let here: KitchenScope
let there: KitchenScope

beforeAll(() => addChain(database.db))
beforeEach(async () => {
  here = await addKitchen(database.db)
  there = await addKitchen(database.db)
  await database.db.execute(sql`delete from menu_overrides`)
  await eightySix(database.db, here, { menuItemId: 1, until: new Date(Date.now() + 60_000) })
  await eightySix(database.db, here, { menuItemId: 2, until: null })
  await eightySix(database.db, there, { menuItemId: 1, until: new Date(Date.now() + 60_000) })
})

const pass = (scope: KitchenScope) =>
  database.db.execute(sql`
    update menu_overrides set eighty_six_until = now() - interval '1 second'
    where restaurant_id = ${scope.restaurant.id} and eighty_six_until < 'infinity'`)
const stale = async (scope: KitchenScope) =>
  (
    await database.db.execute(sql`
      select 1 from cache_invalidations where tag = ${menuTag(scope.restaurant.id)}`)
  ).length
const seq = async (scope: KitchenScope) => (await feedGaps(database.db, scope)).seq
const expire = () => expireEightySixes(database.db, systemScope())

test('guest menus and walls hear of the end of an 86, of the restaurant where it ended', async () => {
  const before = [await stale(here), await seq(here), await stale(there), await seq(there)]
  expect(await expire()).toBe(0)
  await pass(here)
  expect(await expire()).toBe(1)
  expect([await stale(here), await seq(here), await stale(there), await seq(there)]).toEqual([
    (before[0] ?? 0) + 1,
    (before[1] ?? 0) + 1,
    before[2],
    before[3],
  ])
  // What is off until further notice stays off, and nothing is told twice.
  expect(await expire()).toBe(0)
  const off = await database.db.execute(sql`
    select menu_item_id as dish from menu_overrides
    where restaurant_id = ${here.restaurant.id} and eighty_six_until > now()`)
  expect(off).toEqual([{ dish: 2 }])
})

test('a dish that somebody switches at this moment waits for the next run', async () => {
  await pass(here)
  await pass(there)
  const session = await openSession(database.url)
  await session.query('begin')
  await session.query('select 1 from menu_overrides where restaurant_id = $1 for update', [
    here.restaurant.id,
  ])
  expect(await expire()).toBe(1)
  await session.query('rollback')
  await session.close()
  expect(await expire()).toBe(1)
})
