import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addRestaurant, addSession, addUser } from '@/db/testing/people'
import { database } from './database'
import { PATH_HEADER } from './origin'
import { currentPerson, requireChain, requirePerson, requireRestaurant } from './session'
import { newRequest, request, TEST_SECRET } from './testing'

vi.mock('next/headers', async () => (await import('./testing')).nextHeaders())
vi.mock('next/server', async () => (await import('./testing')).nextServer())

const test = testDatabase()
let north: number

beforeAll(async () => {
  Object.assign(process.env, { DATABASE_URL: test.url, AUTH_SECRET: TEST_SECRET, PORT: '3000', APP_URL: '' })
  north = await addRestaurant(test.db, 'north')
  await addRestaurant(test.db, 'south')
})
afterAll(() => database().close())

const signInAs = async (role: 'admin' | 'manager' | 'kitchen', touched = '0s') => {
  const userId = await addUser(test.db, { role, restaurants: [north] })
  const token = await addSession(test.db, userId, { touched })
  newRequest({}, token)
  return { userId, token }
}

describe('who asks', () => {
  it('costs one query with a session, and none without a cookie or with one that we did not sign', async () => {
    const { userId, token } = await signInAs('manager')
    expect(await countQueries(currentPerson)).toMatchObject({ queries: 1, result: { userId } })
    newRequest()
    expect(await countQueries(currentPerson)).toEqual({ queries: 0, result: null })
    request.cookies.set('brigade_session', `${token}.${'A'.repeat(43)}=`)
    expect(await countQueries(currentPerson)).toEqual({ queries: 0, result: null })
  })

  it('is extended after the answer, and only when ten minutes have passed', async () => {
    await signInAs('manager', '-9 minutes')
    await currentPerson()
    expect(request.after).toHaveLength(0)

    const { token } = await signInAs('manager', '-11 minutes')
    expect(await countQueries(currentPerson)).toMatchObject({ queries: 1 })
    expect(request.after).toHaveLength(1)
    await request.after[0]?.()
    const [session] = await test.db.execute(sql`
      select updated_at > now() - interval '1 minute' as touched from sessions where token = ${token}`)
    expect(session).toEqual({ touched: true })
  })

  it('is sent to sign in and back to the page that was asked for', async () => {
    newRequest({ [PATH_HEADER]: '/menu?restaurant=north&page=2' })
    const to = encodeURIComponent('/menu?restaurant=north&page=2')
    await expect(requirePerson()).rejects.toMatchObject({
      digest: expect.stringContaining(`/sign-in?next=${to};`),
    })
    newRequest({ [PATH_HEADER]: '/' })
    await expect(requirePerson()).rejects.toMatchObject({ digest: expect.stringContaining(';/sign-in;') })
  })
})

describe('a restaurant', () => {
  const NOT_FOUND = { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }

  it('is there for its people, with a permission that their role has', async () => {
    const { userId } = await signInAs('kitchen')
    const scope = await requireRestaurant('north', 'tickets:bump')
    expect(scope).toMatchObject({ restaurant: { id: north }, actor: { userId } })
  })

  it('is not found when it is another’s, unknown, or the role may not', async () => {
    await signInAs('kitchen')
    await expect(requireRestaurant('south')).rejects.toMatchObject(NOT_FOUND)
    await expect(requireRestaurant('nowhere')).rejects.toMatchObject(NOT_FOUND)
    await expect(requireRestaurant('north', 'stock:read')).rejects.toMatchObject(NOT_FOUND)
    await expect(requireChain('stock:read')).rejects.toMatchObject(NOT_FOUND)
  })

  it('stands in the chain of whoever may see it', async () => {
    await signInAs('manager')
    expect((await requireChain('stock:read')).restaurantIds).toEqual([north])
    await signInAs('admin')
    expect((await requireChain('menu:edit')).restaurantIds).toHaveLength(2)
  })
})
