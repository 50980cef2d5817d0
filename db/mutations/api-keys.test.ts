import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { API_ALLOWANCE } from '@/domain/api'
import { systemScope } from '@/domain/scope'
import { findApiScope, hashApiKey } from '../queries/access'
import { testDatabase } from '../testing/database'
import { addChain, addKitchen } from '../testing/kitchen'
import { addUser, adminScope } from '../testing/people'
import { admitApiRequest, createApiKey, revokeApiKey } from './api-keys'

const database = testDatabase()
const system = systemScope()

beforeAll(() => addChain(database.db))

async function create(slug: string, name: string): Promise<string> {
  const created = await createApiKey(database.db, system, { slug, name })
  return created.ok ? created.key : expect.fail(created.reason)
}

describe('an API key', () => {
  test('opens its restaurant, is kept as a hash only, and ends when revoked', async () => {
    const { restaurant } = await addKitchen(database.db)
    const key = await create(restaurant.slug, 'POS')
    const scope = (await findApiScope(database.db, key)) ?? expect.fail('The key does not work.')
    expect(scope.restaurant.id).toBe(restaurant.id)
    expect(scope.actor).toEqual({ userId: null, deviceId: null })
    const stored = await database.db.execute<{ text: string }>(sql`
      select k::text as text from api_keys k union all select a::text from audit_log a`)
    expect(stored.some(({ text }) => text.includes(key.slice(-43)))).toBe(false)

    expect(await revokeApiKey(database.db, system, { slug: restaurant.slug, name: 'POS' })).toEqual({
      ok: true,
    })
    expect(await findApiScope(database.db, key)).toBeNull()
    expect(await revokeApiKey(database.db, system, { slug: restaurant.slug, name: 'POS' })).toEqual({
      ok: false,
      reason: 'unknown_key',
    })
  })

  test('made or revoked by an admin is on record under their name, one of the command line under none', async () => {
    const { restaurant } = await addKitchen(database.db)
    const admin = await addUser(database.db, { role: 'admin' })
    const scope = await adminScope(database.db, admin)
    const input = { slug: restaurant.slug, name: 'Till' }
    expect(await createApiKey(database.db, scope, input)).toMatchObject({ ok: true })
    expect(await revokeApiKey(database.db, scope, input)).toEqual({ ok: true })
    await create(restaurant.slug, 'Shop')
    const log = await database.db.execute(sql`
      select action, user_id as by, before, after from audit_log where restaurant_id = ${restaurant.id} order by id`)
    expect(log).toEqual([
      { action: 'api_key.created', by: admin, before: null, after: { name: 'Till' } },
      { action: 'api_key.revoked', by: admin, before: { name: 'Till' }, after: null },
      { action: 'api_key.created', by: null, before: null, after: { name: 'Shop' } },
    ])
  })

  test('is one of two at most, even when many are asked for at once', async () => {
    const { restaurant } = await addKitchen(database.db)
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        createApiKey(database.db, system, { slug: restaurant.slug, name: `POS ${n}` }),
      ),
    )
    expect(results.filter((result) => result.ok)).toHaveLength(2)
    expect(results.filter((result) => !result.ok && result.reason === 'too_many_keys')).toHaveLength(6)
  })

  test('needs an active restaurant and a name of its own', async () => {
    const { restaurant } = await addKitchen(database.db)
    await create(restaurant.slug, 'POS')
    expect(await createApiKey(database.db, system, { slug: restaurant.slug, name: 'POS' })).toEqual({
      ok: false,
      reason: 'name_taken',
    })
    await database.db.execute(sql`update restaurants set is_active = false where id = ${restaurant.id}`)
    for (const slug of [restaurant.slug, 'nowhere']) {
      expect(await createApiKey(database.db, system, { slug, name: 'Web shop' })).toEqual({
        ok: false,
        reason: 'unknown_restaurant',
      })
    }
  })

  test('remembers its use to the minute', async () => {
    const { restaurant } = await addKitchen(database.db)
    const key = await create(restaurant.slug, 'POS')
    const scope = (await findApiScope(database.db, key)) ?? expect.fail('The key does not work.')
    const usedAt = async () => {
      const [row] = await database.db.execute<{ at: string | null }>(sql`
        select last_used_at as at from api_keys where restaurant_id = ${restaurant.id}`)
      return row?.at
    }
    expect(await usedAt()).toBeNull()
    await admitApiRequest(database.db, scope, key)
    const first = await usedAt()
    expect(first).not.toBeNull()
    await admitApiRequest(database.db, scope, key)
    expect(await usedAt()).toBe(first)
    await database.db.execute(sql`
      update api_keys set last_used_at = now() - interval '61 seconds' where restaurant_id = ${restaurant.id}`)
    const aged = await usedAt()
    await admitApiRequest(database.db, scope, key)
    expect(await usedAt()).not.toBe(aged)
  })

  test('admits its allowance and no more, however many requests come at once, and says when the next may come', async () => {
    const { restaurant } = await addKitchen(database.db)
    const key = await create(restaurant.slug, 'POS')
    const scope = (await findApiScope(database.db, key)) ?? expect.fail('The key does not work.')
    const { quota, windowSeconds } = API_ALLOWANCE
    const step = windowSeconds / quota
    const left = 60
    await database.db.execute(sql`
      insert into api_rates
      values (${restaurant.id}, ${hashApiKey(key)}, now() + make_interval(secs => ${windowSeconds - left * step}))`)
    const began = Date.now()
    const answers = await Promise.all(
      Array.from({ length: 150 }, () => admitApiRequest(database.db, scope, key)),
    )
    const restoredMeanwhile = Math.ceil((Date.now() - began) / 1000 / step)
    const admitted = answers.filter((answer) => answer.ok).length
    expect(admitted).toBeGreaterThanOrEqual(left)
    expect(admitted).toBeLessThanOrEqual(left + restoredMeanwhile + 1)

    await database.db.execute(sql`
      update api_rates set restored_at = now() + make_interval(secs => ${windowSeconds + 4})
      where restaurant_id = ${restaurant.id}`)
    const refused = await admitApiRequest(database.db, scope, key)
    expect(refused).toMatchObject({ ok: false, remaining: 0 })
    expect(!refused.ok && refused.retryAfter).toBeGreaterThanOrEqual(4)
    expect(!refused.ok && refused.retryAfter).toBeLessThanOrEqual(5)
  })

  test('does not count against the allowance of another', async () => {
    const { restaurant } = await addKitchen(database.db)
    const [one, other] = [await create(restaurant.slug, 'POS'), await create(restaurant.slug, 'Web shop')]
    const scope = (await findApiScope(database.db, one)) ?? expect.fail('The key does not work.')
    await database.db.execute(sql`
      insert into api_rates values (${restaurant.id}, ${hashApiKey(one)}, now() + interval '1 hour')`)
    expect(await admitApiRequest(database.db, scope, one)).toMatchObject({ ok: false })
    expect(await admitApiRequest(database.db, scope, other)).toMatchObject({
      ok: true,
      remaining: API_ALLOWANCE.quota - 1,
    })
  })
})
