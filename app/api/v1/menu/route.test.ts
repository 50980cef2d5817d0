import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createApiKey } from '@/db/mutations/api-keys'
import { eightySix } from '@/db/mutations/menu'
import { testDatabase } from '@/db/testing/database'
import { addChain, addKitchen, DISHES, type KitchenScope } from '@/db/testing/kitchen'
import { type MenuDetails, menuDetails } from '@/domain/api'
import { systemScope } from '@/domain/scope'
import { GET } from './route'

const database = testDatabase('migrated', { max: 2 })
let here: KitchenScope
let key: string

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', database.url)
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32))
  Object.assign(globalThis, { [Symbol.for('brigade.database')]: database.db })
  await addChain(database.db)
  here = await addKitchen(database.db)
  const made = await createApiKey(database.db, systemScope(), { slug: here.restaurant.slug, name: 'POS' })
  key = made.ok ? made.key : expect.fail(made.reason)
})

const get = (headers: Record<string, string> = {}): Promise<Response> =>
  GET(
    new Request('http://localhost:3000/api/v1/menu', {
      headers: { authorization: `Bearer ${key}`, ...headers },
    }),
  )

const dishes = (menu: MenuDetails) => menu.categories.flatMap((category) => category.dishes)

describe('GET /api/v1/menu', () => {
  test('answers what the restaurant sells, as the description says, and leaves out what it does not', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    const menu = menuDetails.strict().parse(await response.json())
    expect(menu.restaurant.slug).toBe(here.restaurant.slug)
    expect(
      dishes(menu)
        .map((dish) => dish.name)
        .sort(),
    ).toEqual(['Risotto', 'Tagliata', 'Water'])
    expect(dishes(menu).find((dish) => dish.id === DISHES.risotto.id)).toMatchObject({
      price: DISHES.risotto.price,
      available: true,
    })
  })

  test('answers 304 to the tag of the menu that still holds, in any form, and the new menu after an 86', async () => {
    const etag = (await get()).headers.get('etag') ?? expect.fail('There is no ETag.')
    for (const tag of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
      const unchanged = await get({ 'if-none-match': tag })
      expect(unchanged.status, tag).toBe(304)
      expect(await unchanged.text()).toBe('')
      expect(unchanged.headers.get('etag')).toBe(etag)
    }
    await eightySix(database.db, here, { menuItemId: DISHES.tagliata.id, until: null })
    const changed = await get({ 'if-none-match': etag })
    expect(changed.status).toBe(200)
    const menu = menuDetails.parse(await changed.json())
    expect(dishes(menu).find((dish) => dish.id === DISHES.tagliata.id)?.available).toBe(false)
    expect(changed.headers.get('etag')).not.toBe(etag)
  })

  test('needs a key, and says what is left of its allowance', async () => {
    expect((await get({ authorization: 'Bearer brg_1_x' })).status).toBe(401)
    const response = await get()
    expect(response.headers.get('ratelimit-policy')).toBe('"key";q=600;w=30')
    expect(response.headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+$/)
  })
})
