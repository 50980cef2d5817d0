import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { countQueries } from '@/db/request-context'
import { testDatabase } from '@/db/testing/database'
import { addDevice, addRestaurant, addSession, addUser } from '@/db/testing/people'
import { PATH_HEADER } from './agreed.mjs'
import { database } from './database'
import {
  currentPerson,
  currentWallScope,
  requireChain,
  requirePerson,
  requireRestaurant,
  requireWall,
} from './session'
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

describe('a wall', () => {
  const pairScreen = async () => {
    const approver = await addUser(test.db, { role: 'manager', restaurants: [north] })
    return addDevice(test.db, north, approver)
  }
  const comeAs = (cookie: string, token?: string) => {
    newRequest({ [PATH_HEADER]: '/kitchen/north' }, token)
    request.cookies.set('brigade_device', cookie)
  }

  it('opens for a person who may bump there, and for the screen that is paired with it', async () => {
    const { userId } = await signInAs('kitchen')
    expect(await requireWall('north')).toMatchObject({ actor: { userId, deviceId: null } })
    const { deviceId, cookie } = await pairScreen()
    comeAs(cookie)
    expect(await requireWall('north')).toMatchObject({ actor: { userId: null, deviceId } })
  })

  it('takes the person who is signed in at a paired screen for themselves, and the screen where they may not', async () => {
    const { deviceId, cookie } = await pairScreen()
    const { userId, token } = await signInAs('kitchen')
    comeAs(cookie, token)
    expect(await currentWallScope('north')).toMatchObject({ actor: { userId, deviceId: null } })
    const stranger = await addSession(test.db, await addUser(test.db, { role: 'manager' }))
    comeAs(cookie, stranger)
    expect(await currentWallScope('north')).toMatchObject({ actor: { userId: null, deviceId } })
  })

  it('is for nobody else: people get 404, screens and strangers are sent to sign in', async () => {
    const { cookie } = await pairScreen()
    comeAs(cookie)
    expect(await currentWallScope('south')).toBeNull()
    const signIn = { digest: expect.stringContaining('/sign-in?next=') }
    await expect(requireWall('south')).rejects.toMatchObject(signIn)
    await expect(requirePerson()).rejects.toMatchObject(signIn)
    newRequest({ [PATH_HEADER]: '/kitchen/north' })
    await expect(requireWall('north')).rejects.toMatchObject(signIn)
    await test.db.execute(sql`update devices set revoked_at = now()`)
    comeAs(cookie)
    await expect(requireWall('north')).rejects.toMatchObject({ digest: expect.stringContaining(';/pair;') })
    await signInAs('kitchen')
    await expect(requireWall('south')).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' })
  })

  it('notes after the answer that its screen was seen, once a minute', async () => {
    const { deviceId, cookie } = await pairScreen()
    comeAs(cookie)
    expect(await countQueries(() => currentWallScope('north'))).toMatchObject({ queries: 1 })
    expect(request.after).toHaveLength(1)
    await request.after[0]?.()
    const [device] = await test.db.execute(sql`
      select last_seen_at > now() - interval '1 minute' as seen from devices where id = ${deviceId}`)
    expect(device).toEqual({ seen: true })
    comeAs(cookie)
    await currentWallScope('north')
    expect(request.after).toHaveLength(0)
  })
})
