import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../client'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen, type KitchenScope } from '../testing/kitchen'
import { eightySix, unEightySix } from './menu'

const database = testDatabase()

beforeAll(() => addChain(database.db))

const override = async (scope: KitchenScope) => {
  const [row] = await database.db.execute<{ price: number | null; until: string | null }>(sql`
    select price, to_json(eighty_six_until) #>> '{}' as until from menu_overrides
    where restaurant_id = ${scope.restaurant.id} and menu_item_id = 1`)
  return row
}

describe('86', () => {
  test('holds until an instant or until somebody says so, and keeps the restaurant’s own price', async () => {
    const scope = await addKitchen(database.db)
    await database.db.execute(sql`
      insert into menu_overrides (restaurant_id, menu_item_id, price) values (${scope.restaurant.id}, 1, 1600)`)
    expect(await eightySix(database.db, scope, { menuItemId: 1, until: null })).toEqual({ ok: true })
    expect(await override(scope)).toEqual({ price: 1600, until: 'infinity' })
    const closing = new Date(Date.now() + 3_600_000)
    await eightySix(database.db, scope, { menuItemId: 1, until: closing })
    expect(new Date((await override(scope))?.until ?? '')).toEqual(closing)
    expect(await unEightySix(database.db, scope, { menuItemId: 1 })).toEqual({ ok: true })
    expect(await override(scope)).toEqual({ price: 1600, until: null })
  })

  test('wakes caches and screens, and is in the audit and the feed', async () => {
    const scope = await addKitchen(database.db)
    const { id } = scope.restaurant
    const session = await openSession(database.url)
    const heard: string[] = []
    const both = new Promise<void>((resolve) => {
      const hear = (channel: string) => (payload: string) => {
        heard.push(`${channel} ${payload}`)
        if (heard.length === 2) resolve()
      }
      session
        .listen('cache', hear('cache'))
        .then(() => session.listen('kitchen', hear('kitchen')))
        .then(() => eightySix(database.db, scope, { menuItemId: 1, until: null }))
    })
    await both
    await session.close()
    expect(heard.sort()).toEqual([`cache menu:${id}`, `kitchen ${id}`])
    const [stored] = await database.db.execute(sql`
      select (select count(*)::int from cache_invalidations where tag = ${`menu:${id}`}) as stale,
        (select seq::int from kitchen_feed where restaurant_id = ${id}) as seq,
        (select json_agg(json_build_array(action, subject_id, user_id, before, after)) from audit_log
          where restaurant_id = ${id}) as audit`)
    expect(stored).toEqual({
      stale: 1,
      seq: 1,
      audit: [
        [
          'menu_item.eighty_sixed',
          '1',
          1,
          { eightySixUntil: null, portionsLeft: null },
          { eightySixUntil: 'infinity', portionsLeft: null },
        ],
      ],
    })
  })

  test('of an unknown dish or until a time that has passed is refused and leaves no trace', async () => {
    const scope = await addKitchen(database.db)
    expect(await eightySix(database.db, scope, { menuItemId: 999, until: null })).toEqual({
      ok: false,
      reason: 'unknown_dish',
    })
    expect(await eightySix(database.db, scope, { menuItemId: 1, until: new Date(0) })).toEqual({
      ok: false,
      reason: 'already_over',
    })
    const [left] = await database.db.execute(sql`
      select (select count(*)::int from audit_log where restaurant_id = ${scope.restaurant.id}) as audit,
        (select count(*)::int from kitchen_feed where restaurant_id = ${scope.restaurant.id}) as feed`)
    expect(left).toEqual({ audit: 0, feed: 0 })
  })
})
