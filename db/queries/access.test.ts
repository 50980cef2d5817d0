import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addDevice, addRestaurant, addSession, addUser } from '../testing/people'
import { findApiScope, findDeviceScope, findGuestScope, findPerson, hashApiKey } from './access'

const test = testDatabase()
let north: number
let south: number
let closed: number

beforeAll(async () => {
  south = await addRestaurant(test.db, 'south')
  north = await addRestaurant(test.db, 'north')
  closed = await addRestaurant(test.db, 'closed', { isActive: false })
})

const slugsOf = async (token: string) =>
  (await findPerson(test.db, token))?.restaurants.map(({ slug }) => slug)

describe('the person behind a session', () => {
  it('comes with name, role and the settings of their restaurants, in one query', async () => {
    const userId = await addUser(test.db, { role: 'manager', email: 'mia@example.com', restaurants: [north] })
    const token = await addSession(test.db, userId)
    const { result, queries } = await countQueries(() => findPerson(test.db, token))
    expect(queries).toBe(1)
    expect(result).toEqual({
      userId,
      name: 'Somebody',
      email: 'mia@example.com',
      role: 'manager',
      touchIsDue: false,
      restaurants: [
        {
          id: north,
          slug: 'north',
          name: 'north',
          timeZone: 'Europe/Berlin',
          dayCutoff: '04:00',
          stockPolicy: 'warn',
          autoConfirm: true,
          amberMinutes: 5,
          redMinutes: 10,
        },
      ],
    })
  })

  it('sees all active restaurants by name as an admin, and only their own active ones otherwise', async () => {
    const admin = await addUser(test.db, { role: 'admin' })
    const manager = await addUser(test.db, { role: 'manager', restaurants: [south, closed] })
    const cook = await addUser(test.db, { role: 'kitchen' })
    expect(await slugsOf(await addSession(test.db, admin))).toEqual(['north', 'south'])
    expect(await slugsOf(await addSession(test.db, manager))).toEqual(['south'])
    expect(await slugsOf(await addSession(test.db, cook))).toEqual([])
  })

  it('is nobody for an unknown token', async () => {
    expect(await findPerson(test.db, 'a'.repeat(32))).toBeNull()
  })

  it.each([
    ['has ended', { ends: '-1 second' }],
    ['lay idle for 12 hours, whatever its end says', { touched: '-12 hours', ends: '1 hour' }],
    ['is 7 days old, whatever its end says', { begun: '-7 days', ends: '1 hour' }],
  ])('is nobody once the session %s', async (_, times) => {
    const userId = await addUser(test.db, { role: 'admin' })
    expect(await findPerson(test.db, await addSession(test.db, userId, times))).toBeNull()
  })

  it('is still somebody just before those limits', async () => {
    const userId = await addUser(test.db, { role: 'admin' })
    const token = await addSession(test.db, userId, {
      begun: '-6 days -23 hours',
      touched: '-11 hours -59 minutes',
      ends: '1 minute',
    })
    expect(await findPerson(test.db, token)).toMatchObject({ userId, touchIsDue: true })
  })

  it('is nobody at once when they are deactivated or their session is deleted', async () => {
    const userId = await addUser(test.db, { role: 'manager' })
    const token = await addSession(test.db, userId)
    await test.db.execute(sql`update users set is_active = false where id = ${userId}`)
    expect(await findPerson(test.db, token)).toBeNull()
    await test.db.execute(sql`update users set is_active = true where id = ${userId}`)
    expect(await findPerson(test.db, token)).not.toBeNull()
    await test.db.execute(sql`delete from sessions where token = ${token}`)
    expect(await findPerson(test.db, token)).toBeNull()
  })
})

describe('an API key', () => {
  const keyOf = (restaurantId: number, secret: string) => `brg_${restaurantId}_${secret.padEnd(43, 'x')}`
  const addKey = (restaurantId: number, key: string, revoked = false) =>
    test.db.execute(sql`
      insert into api_keys (restaurant_id, key_hash, name, revoked_at)
      values (${restaurantId}, ${hashApiKey(key)}, 'POS', ${revoked ? sql`now()` : null})`)

  it('opens its own active restaurant and no other', async () => {
    const key = keyOf(north, 'good')
    await addKey(north, key)
    expect(await findApiScope(test.db, key)).toMatchObject({
      restaurant: { id: north, slug: 'north' },
      actor: { userId: null },
    })
    expect(await findApiScope(test.db, keyOf(south, 'good'))).toBeNull()
  })

  it('opens nothing once it is revoked or its restaurant is closed', async () => {
    await addKey(north, keyOf(north, 'revoked'), true)
    await addKey(closed, keyOf(closed, 'closed'))
    expect(await findApiScope(test.db, keyOf(north, 'revoked'))).toBeNull()
    expect(await findApiScope(test.db, keyOf(closed, 'closed'))).toBeNull()
  })

  it('that is malformed asks the database nothing', async () => {
    for (const key of [
      '',
      'brg_1_',
      `brg_99999999999_${'x'.repeat(43)}`,
      `brg_1_${'x'.repeat(42)}\0`,
      'Bearer x',
    ]) {
      const { result, queries } = await countQueries(() => findApiScope(test.db, key))
      expect({ result, queries }).toEqual({ result: null, queries: 0 })
    }
  })
})

describe('a paired screen', () => {
  let approver: number
  beforeAll(async () => {
    approver = await addUser(test.db, { role: 'manager', restaurants: [north] })
  })

  it('opens its own restaurant as a device and as nobody, in one query', async () => {
    const { deviceId, cookie } = await addDevice(test.db, north, approver)
    const { result, queries } = await countQueries(() => findDeviceScope(test.db, cookie))
    expect(queries).toBe(1)
    expect(result).toMatchObject({
      restaurant: { id: north, slug: 'north', dayCutoff: '04:00' },
      actor: { userId: null, deviceId },
    })
    expect(await findDeviceScope(test.db, cookie.replace(/^\d+/, String(south)))).toBeNull()
    expect(await findDeviceScope(test.db, cookie.replace(/\.\d+\./, `.${deviceId + 1000}.`))).toBeNull()
  })

  it('opens nothing once it is revoked or its restaurant is closed', async () => {
    const { deviceId, cookie } = await addDevice(test.db, north, approver)
    await test.db.execute(sql`update devices set revoked_at = now() where id = ${deviceId}`)
    expect(await findDeviceScope(test.db, cookie)).toBeNull()
    const elsewhere = await addDevice(test.db, closed, approver)
    expect(await findDeviceScope(test.db, elsewhere.cookie)).toBeNull()
  })

  it('is due to be noted as seen once a minute has passed', async () => {
    const dueWhen = async (seen: string | null) => {
      const { cookie } = await addDevice(test.db, north, approver, { seen })
      return (await findDeviceScope(test.db, cookie))?.touchIsDue
    }
    expect(await dueWhen(null)).toBe(true)
    expect(await dueWhen('-61 seconds')).toBe(true)
    expect(await dueWhen('-30 seconds')).toBe(false)
  })

  it('with a cookie that is malformed asks the database nothing', async () => {
    for (const cookie of ['', '1.1', `1.1.${'x'.repeat(42)}`, `9999999999.1.${'x'.repeat(43)}`]) {
      const { result, queries } = await countQueries(() => findDeviceScope(test.db, cookie))
      expect({ result, queries }).toEqual({ result: null, queries: 0 })
    }
  })
})

describe('the guests of a restaurant', () => {
  it('are let in by the slug of an active one', async () => {
    expect(await findGuestScope(test.db, 'north')).toMatchObject({ restaurant: { id: north } })
    for (const slug of ['closed', 'nowhere', 'NORTH', '', 'no\0rth']) {
      expect(await findGuestScope(test.db, slug)).toBeNull()
    }
  })
})
