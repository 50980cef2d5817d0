import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { chainScope, type Person, type RestaurantScope, restaurantScope } from '@/domain/scope'
import { findDeviceScope, findPerson } from '../queries/access'
import { getDevice, listDevices } from '../queries/devices'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addDevice, addRestaurant, addSession, addUser } from '../testing/people'
import { renameDevice, revokeDevice, touchDevice } from './devices'

const test = testDatabase()
let manager: Person
let north: RestaurantScope<'devices:manage'>
let south: number

beforeAll(async () => {
  const id = await addRestaurant(test.db, 'north')
  south = await addRestaurant(test.db, 'south')
  const userId = await addUser(test.db, { role: 'manager', restaurants: [id] })
  manager = (await findPerson(test.db, await addSession(test.db, userId))) ?? expect.fail()
  north = restaurantScope(manager, 'north', 'devices:manage') ?? expect.fail()
})

const add = (name: string, options: { in?: number; seen?: string } = {}) =>
  addDevice(test.db, options.in ?? north.restaurant.id, manager.userId, { name, seen: options.seen ?? null })

const auditOf = (deviceId: number) =>
  test.db.execute(sql`
    select user_id as "userId", action, before, after from audit_log
    where subject = 'device' and subject_id = ${String(deviceId)} order by id`)

describe('revoking a screen', () => {
  it('ends it at once and for good, and is recorded once however often it is pressed', async () => {
    const { deviceId, cookie } = await add('Revoked')
    expect(await findDeviceScope(test.db, cookie)).not.toBeNull()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => revokeDevice(test.db, north, { deviceId })),
    )
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ ok: true })))
    expect(await findDeviceScope(test.db, cookie)).toBeNull()
    expect(await auditOf(deviceId)).toEqual([
      { userId: manager.userId, action: 'device.revoked', before: { name: 'Revoked' }, after: null },
    ])
  })

  it('frees its name, and a later note of having been seen does not bring it back', async () => {
    const { deviceId, cookie } = await add('Freed')
    const device = (await findDeviceScope(test.db, cookie)) ?? expect.fail()
    await revokeDevice(test.db, north, { deviceId })
    await touchDevice(test.db, device)
    expect(await findDeviceScope(test.db, cookie)).toBeNull()
    const other = await add('To be freed')
    expect(await renameDevice(test.db, north, { deviceId: other.deviceId, name: 'Freed' })).toEqual({
      ok: true,
    })
  })

  it('does not reach a screen of another restaurant, nor does renaming', async () => {
    const { deviceId, cookie } = await add('Far', { in: south })
    const unknown = { ok: false, reason: 'unknown_device' }
    expect(await revokeDevice(test.db, north, { deviceId })).toEqual(unknown)
    expect(await renameDevice(test.db, north, { deviceId, name: 'Near' })).toEqual(unknown)
    expect(await getDevice(test.db, north, deviceId)).toBeNull()
    expect(await findDeviceScope(test.db, cookie)).not.toBeNull()
  })
})

describe('renaming a screen', () => {
  it('is recorded, and to its own name is no change', async () => {
    const { deviceId } = await add('Oven')
    expect(await renameDevice(test.db, north, { deviceId, name: 'Pizza oven' })).toEqual({ ok: true })
    expect(await renameDevice(test.db, north, { deviceId, name: 'Pizza oven' })).toEqual({ ok: true })
    expect(await getDevice(test.db, north, deviceId)).toMatchObject({ name: 'Pizza oven' })
    expect(await auditOf(deviceId)).toEqual([
      {
        userId: manager.userId,
        action: 'device.renamed',
        before: { name: 'Oven' },
        after: { name: 'Pizza oven' },
      },
    ])
  })

  it('to the name of another is refused, and so is that of one that is revoked', async () => {
    const [one, other] = [await add('One'), await add('Other')]
    const rename = (name: string) => renameDevice(test.db, north, { deviceId: other.deviceId, name })
    expect(await rename('One')).toEqual({ ok: false, reason: 'name_taken' })
    await revokeDevice(test.db, north, { deviceId: one.deviceId })
    await revokeDevice(test.db, north, { deviceId: other.deviceId })
    expect(await rename('Two')).toEqual({ ok: false, reason: 'unknown_device' })
  })
})

describe('a screen that is seen', () => {
  it('is noted at most once a minute', async () => {
    const seenAt = async (cookie: string, deviceId: number) => {
      const device = await findDeviceScope(test.db, cookie)
      if (device) await touchDevice(test.db, device)
      return (await getDevice(test.db, north, deviceId))?.lastSeenAt
    }
    const { deviceId, cookie } = await add('Seen', { seen: '-59 seconds' })
    const before = (await getDevice(test.db, north, deviceId))?.lastSeenAt
    expect(await seenAt(cookie, deviceId)).toBe(before)
    await test.db.execute(sql`
      update devices set last_seen_at = now() - interval '1 minute' where id = ${deviceId}`)
    expect(await seenAt(cookie, deviceId)).toBeGreaterThan(before ?? Number.POSITIVE_INFINITY)
  })
})

describe('the list of screens', () => {
  it('shows those of one’s own restaurants with who approved them and whether they are live, in one query', async () => {
    await test.db.execute(sql`delete from devices`)
    const gone = await add('A gone one', { seen: '-10 seconds' })
    await revokeDevice(test.db, north, { deviceId: gone.deviceId })
    const longGone = await add('Long gone')
    await test.db.execute(sql`
      update devices set revoked_at = now() - interval '31 days' where id = ${longGone.deviceId}`)
    await add('Stale', { seen: '-121 seconds' })
    await add('Live', { seen: '-119 seconds' })
    await add('Never')
    await add('Foreign', { in: south })
    const chain = chainScope(manager, 'devices:manage') ?? expect.fail()
    const { result, queries } = await countQueries(() => listDevices(test.db, chain, { limit: 3 }))
    expect(queries).toBe(1)
    expect(result.total).toBe(4)
    expect(result.devices.map(({ name, isLive }) => [name, isLive])).toEqual([
      ['Live', true],
      ['Never', false],
      ['Stale', false],
    ])
    expect(result.devices[1]).toEqual({
      id: expect.any(Number),
      name: 'Never',
      restaurantSlug: 'north',
      restaurantName: 'north',
      approvedBy: 'Somebody',
      approvedAt: expect.any(Number),
      lastSeenAt: null,
      isLive: false,
      revokedAt: null,
    })
    const all = await listDevices(test.db, north, { limit: 10 })
    expect(all.devices.at(-1)).toMatchObject({
      name: 'A gone one',
      isLive: false,
      revokedAt: expect.any(Number),
    })
  })
})
