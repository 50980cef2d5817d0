import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import type { ChainScope } from '@/domain/scope'
import { createApiKey, revokeApiKey } from '../mutations/api-keys'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addRestaurant, addUser, adminScope } from '../testing/people'
import { listApiKeys } from './api-keys'

const test = testDatabase()
let scope: ChainScope<'chain:manage'>
let north: number

beforeAll(async () => {
  north = await addRestaurant(test.db, 'north')
  await addRestaurant(test.db, 'south')
  scope = await adminScope(test.db, await addUser(test.db, { role: 'admin' }))
  for (const [slug, name] of [
    ['south', 'POS'],
    ['north', 'Web shop'],
    ['north', 'Old'],
  ] as const) {
    expect(await createApiKey(test.db, scope, { slug, name })).toMatchObject({ ok: true })
  }
  await revokeApiKey(test.db, scope, { slug: 'north', name: 'Old' })
})

const list = async (ask: { restaurantId?: number; limit?: number } = {}) => {
  const { result, queries } = await countQueries(() =>
    listApiKeys(test.db, scope, { restaurantId: ask.restaurantId ?? null, limit: ask.limit ?? 10 }),
  )
  expect(queries).toBe(1)
  return { names: result.keys.map(({ restaurantSlug, name }) => `${restaurantSlug} ${name}`), ...result }
}

it('lists keys that work by restaurant, then those that were revoked', async () => {
  const { names, keys, total } = await list()
  expect(names).toEqual(['north Web shop', 'south POS', 'north Old'])
  expect(total).toBe(3)
  expect(keys.map(({ revokedAt }) => revokedAt !== null)).toEqual([false, false, true])
  expect(JSON.stringify(keys)).not.toMatch(/[0-9a-f]{64}/)
})

it('lists those of one restaurant, and none of a restaurant that is not in scope', async () => {
  expect((await list({ restaurantId: north })).names).toEqual(['north Web shop', 'north Old'])
  expect((await list({ restaurantId: 999_999 })).names).toEqual([])
})

it('keeps to its limit and forgets what was revoked 90 days ago', async () => {
  expect(await list({ limit: 1 })).toMatchObject({ names: ['north Web shop'], total: 3 })
  await test.db.execute(sql`update api_keys set revoked_at = now() - interval '91 days' where name = 'Old'`)
  expect((await list()).names).toEqual(['north Web shop', 'south POS'])
})
