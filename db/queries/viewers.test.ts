import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { restaurantScope } from '@/domain/scope'
import { touchDevices } from '../mutations/devices'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addDevice, addRestaurant, addSession, addUser } from '../testing/people'
import { findDeviceScope, findPerson } from './access'
import { findEndedViewers, type Viewer } from './viewers'

const database = testDatabase()
let north: number
let approver: number

beforeAll(async () => {
  north = await addRestaurant(database.db, 'north')
  approver = await addUser(database.db, { role: 'manager', restaurants: [north] })
})

async function person(role: 'admin' | 'kitchen' = 'kitchen', slug = 'north', id = north) {
  const userId = await addUser(database.db, { role, restaurants: [id] })
  const sessionToken = await addSession(database.db, userId)
  const found = (await findPerson(database.db, sessionToken)) ?? expect.fail()
  const scope = restaurantScope(found, slug, 'tickets:bump') ?? expect.fail()
  return { userId, viewer: { scope, sessionToken } satisfies Viewer }
}

async function screen() {
  const { deviceId, cookie } = await addDevice(database.db, north, approver)
  const scope = (await findDeviceScope(database.db, cookie)) ?? expect.fail()
  return { deviceId, viewer: { scope, sessionToken: null } satisfies Viewer }
}

const hasEnded = async (viewer: Viewer) => (await findEndedViewers(database.db, [viewer])).includes(viewer)

describe('who watches', () => {
  test('goes on while their session is good and the screen is paired, asked in one statement', async () => {
    const viewers = [(await person()).viewer, (await person('admin')).viewer, (await screen()).viewer]
    expect(await countQueries(() => findEndedViewers(database.db, viewers))).toEqual({
      result: [],
      queries: 1,
    })
  })

  const ENDS = {
    'signs out': ({ token }) => sql`delete from sessions where token = ${token}`,
    'let the session expire': ({ token }) =>
      sql`update sessions set expires_at = now() where token = ${token}`,
    'was idle for twelve hours': ({ token }) =>
      sql`update sessions set updated_at = now() - interval '12 hours' where token = ${token}`,
    'signed in seven days ago': ({ token }) =>
      sql`update sessions set created_at = now() - interval '7 days' where token = ${token}`,
    'was deactivated': ({ userId }) => sql`update users set is_active = false where id = ${userId}`,
    'left the restaurant': ({ userId }) => sql`delete from memberships where user_id = ${userId}`,
  } satisfies Record<string, (who: { token: string; userId: number }) => ReturnType<typeof sql>>

  for (const [what, statement] of Object.entries(ENDS)) {
    test(`has ended once the person ${what}, and nobody else has`, async () => {
      const { userId, viewer } = await person()
      const other = (await person()).viewer
      await database.db.execute(statement({ token: viewer.sessionToken, userId }))
      expect(await findEndedViewers(database.db, [other, viewer])).toEqual([viewer])
    })
  }

  test('has ended once the screen is revoked', async () => {
    const { deviceId, viewer } = await screen()
    await database.db.execute(sql`update devices set revoked_at = now() where id = ${deviceId}`)
    expect(await hasEnded(viewer)).toBe(true)
  })

  test('has ended once the restaurant is closed, also for an admin', async () => {
    const id = await addRestaurant(database.db, 'closing')
    const { viewer } = await person('admin', 'closing', id)
    expect(await hasEnded(viewer)).toBe(false)
    await database.db.execute(sql`update restaurants set is_active = false where id = ${id}`)
    expect(await hasEnded(viewer)).toBe(true)
  })
})

test('screens that only listen are noted as seen, at most once a minute and all in one statement', async () => {
  const screens = [await screen(), await screen()]
  const scopes = screens.map(({ viewer }) => viewer.scope)
  const seen = () =>
    database.db.execute<{ at: string | null; recent: boolean }>(sql`
      select last_seen_at::text as at, last_seen_at > now() - interval '1 minute' as recent from devices
      where id in (${screens[0]?.deviceId}, ${screens[1]?.deviceId}) order by id`)
  expect(await countQueries(() => touchDevices(database.db, scopes))).toMatchObject({ queries: 1 })
  const first = await seen()
  expect(first.map(({ recent }) => recent)).toEqual([true, true])
  await touchDevices(database.db, scopes)
  expect(await seen()).toEqual(first)
})
