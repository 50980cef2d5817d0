import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Person, type RestaurantScope, restaurantScope } from '@/domain/scope'
import { openSession } from '../client'
import { deviceCookie, findDeviceScope, findPerson, hashDeviceSecret } from '../queries/access'
import { findPairing } from '../queries/devices'
import { testDatabase } from '../testing/database'
import { addRestaurant, addSession, addUser } from '../testing/people'
import { revokeDevice } from './devices'
import { approvePairing, startPairing } from './pairing'

const test = testDatabase()
let north: RestaurantScope<'devices:manage'>
let south: RestaurantScope<'devices:manage'>

beforeAll(async () => {
  north = await managerOf('north')
  south = await managerOf('south')
})
beforeEach(() => test.db.execute(sql`with gone as (delete from rate_limits) delete from device_pairings`))

async function personOf(role: 'manager' | 'kitchen', restaurants: number[]): Promise<Person> {
  const token = await addSession(test.db, await addUser(test.db, { role, restaurants }))
  return (await findPerson(test.db, token)) ?? expect.fail()
}

async function managerOf(slug: string): Promise<RestaurantScope<'devices:manage'>> {
  const person = await personOf('manager', [await addRestaurant(test.db, slug)])
  return restaurantScope(person, slug, 'devices:manage') ?? expect.fail()
}

async function start() {
  const started = await startPairing(test.db)
  if (!started.ok) throw new Error(started.reason)
  return { ...started, find: () => findPairing(test.db, hashDeviceSecret(started.secret)) }
}

let names = 0
const approve = (scope: RestaurantScope<'devices:manage'>, code: string, name = `Screen ${++names}`) =>
  approvePairing(test.db, scope, { code, name })

const runOut = (code: string) =>
  test.db.execute(sql`update device_pairings set expires_at = now() where code = ${code}`)

const UNKNOWN = 'BBBBBBBB'

describe('a screen that pairs', () => {
  it('gets a code for ten minutes, of which only the hash of its secret is kept', async () => {
    const screen = await start()
    expect(screen.code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
    expect(await screen.find()).toEqual({ state: 'waiting', code: screen.code, secondsLeft: 600 })
    const [row] = await test.db.execute(sql`select device_pairings::text as text from device_pairings`)
    expect(row?.text).not.toContain(screen.secret)
  })

  it('becomes a device of the restaurant whose manager approves its code, as nobody', async () => {
    const screen = await start()
    const approved = await approve(north, screen.code, 'Grill')
    const deviceId = approved.ok ? approved.deviceId : expect.fail()
    expect(await screen.find()).toEqual({
      state: 'approved',
      restaurantId: north.restaurant.id,
      deviceId,
      slug: 'north',
    })
    const cookie = deviceCookie({ restaurantId: north.restaurant.id, deviceId, secret: screen.secret })
    expect(await findDeviceScope(test.db, cookie)).toMatchObject({
      restaurant: { slug: 'north' },
      actor: { userId: null, deviceId },
    })
    const [audited] = await test.db.execute(sql`
      select user_id, restaurant_id, action, subject_id, after from audit_log order by id desc limit 1`)
    expect(audited).toEqual({
      user_id: north.actor.userId,
      restaurant_id: north.restaurant.id,
      action: 'device.approved',
      subject_id: String(deviceId),
      after: { name: 'Grill' },
    })
  })

  it('is approved once, and its code is good for nothing afterwards', async () => {
    const screen = await start()
    await approve(north, screen.code)
    expect(await approve(north, screen.code)).toEqual({ ok: false, reason: 'already_approved' })
    expect(await approve(south, screen.code)).toEqual({ ok: false, reason: 'already_approved' })
  })

  it('is one restaurant’s when two managers approve its code at the same moment', async () => {
    for (let round = 0; round < 20; round++) {
      const screen = await start()
      const answers = await Promise.all([approve(north, screen.code), approve(south, screen.code)])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      expect(answers).toContainEqual({ ok: false, reason: 'already_approved' })
      const devices = await test.db.execute(sql`
        select restaurant_id as id from devices where secret_hash = ${hashDeviceSecret(screen.secret)}`)
      expect(devices).toHaveLength(1)
      expect(await screen.find()).toMatchObject({ state: 'approved', restaurantId: devices[0]?.id })
      await test.db.execute(sql`delete from rate_limits`)
    }
  })

  it('can’t be approved once its ten minutes are over, and is told so', async () => {
    const screen = await start()
    await runOut(screen.code)
    expect(await screen.find()).toBeNull()
    expect(await approve(north, screen.code)).toEqual({ ok: false, reason: 'unknown_code' })
  })

  it('that was approved in the last second still has time to hear of it', async () => {
    const screen = await start()
    await test.db.execute(sql`
      update device_pairings set expires_at = now() + interval '1 second' where code = ${screen.code}`)
    await approve(north, screen.code)
    const [row] = await test.db.execute(sql`
      select expires_at > now() + interval '9 minutes' as later from device_pairings where code = ${screen.code}`)
    expect(row).toEqual({ later: true })
  })

  it('is nothing again when it is revoked before it heard of its approval', async () => {
    const screen = await start()
    const approved = await approve(north, screen.code)
    await revokeDevice(test.db, north, { deviceId: approved.ok ? approved.deviceId : expect.fail() })
    expect(await screen.find()).toBeNull()
  })

  it('waits while somebody else is about to approve it, and then finds the code used', async () => {
    const screen = await start()
    const session = await openSession(test.url)
    await session.query('begin')
    await session.query('update device_pairings set device_id = 1, restaurant_id = 1 where code = $1', [
      screen.code,
    ])
    const answer = approve(north, screen.code)
    await session.query('commit')
    await session.close()
    expect(await answer).toEqual({ ok: false, reason: 'already_approved' })
  })
})

describe('who approves', () => {
  it('is an admin or a manager, in their own restaurants', async () => {
    const cook = await personOf('kitchen', [north.restaurant.id])
    expect(restaurantScope(cook, 'north', 'devices:manage')).toBeNull()
    const manager = await personOf('manager', [north.restaurant.id])
    expect(restaurantScope(manager, 'south', 'devices:manage')).toBeNull()
    expect(restaurantScope(manager, 'north', 'devices:manage')).not.toBeNull()
  })

  it('names each screen of a restaurant differently, also when two are named at once', async () => {
    const [one, other] = [await start(), await start()]
    const answers = await Promise.all([approve(north, one.code, 'Pass'), approve(north, other.code, 'Pass')])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers).toContainEqual({ ok: false, reason: 'name_taken' })
    const left = (await one.find())?.state === 'waiting' ? one : other
    expect(await approve(south, left.code, 'Pass')).toMatchObject({ ok: true })
  })

  it('has ten tries in ten minutes, however many are made at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => approve(north, UNKNOWN)))
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'unknown_code')).toHaveLength(10)
    const screen = await start()
    expect(await approve(north, screen.code)).toEqual({
      ok: false,
      reason: 'too_many_tries',
      seconds: expect.toSatisfy((seconds: number) => seconds > 590 && seconds <= 600),
    })
    expect(await screen.find()).toMatchObject({ state: 'waiting' })
    expect(await approve(south, screen.code)).toMatchObject({ ok: true })
    await test.db.execute(sql`update rate_limits set last_request = last_request - 600000`)
    expect(await approve(north, UNKNOWN)).toMatchObject({ reason: 'unknown_code' })
  })

  it('gains no guesses by approving screens of their own', async () => {
    for (let n = 0; n < 9; n++) await approve(north, UNKNOWN)
    for (let n = 0; n < 3; n++) expect(await approve(north, (await start()).code)).toMatchObject({ ok: true })
    expect(await approve(north, UNKNOWN)).toMatchObject({ reason: 'unknown_code' })
    expect(await approve(north, UNKNOWN)).toMatchObject({ reason: 'too_many_tries' })
  })
})

describe('codes for screens', () => {
  it('are refused while a thousand wait, and made again when those have run out', async () => {
    await test.db.execute(sql`
      insert into device_pairings (secret_hash, code, expires_at)
      select 'hash ' || n, '0000' || lpad(n::text, 4, '0'), now() + interval '1 minute' from generate_series(1, 1000) n`)
    expect(await startPairing(test.db)).toEqual({ ok: false, reason: 'too_many_waiting' })
    await test.db.execute(sql`update device_pairings set expires_at = now() - interval '1 second'`)
    expect(await startPairing(test.db)).toMatchObject({ ok: true })
    const [left] = await test.db.execute(sql`select count(*)::int as n from device_pairings`)
    expect(left).toEqual({ n: 901 })
  })
})
