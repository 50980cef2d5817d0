import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ChainScope } from '@/domain/scope'
import { touchSession } from '../mutations/sessions'
import { countQueries } from '../request-context'
import { testDatabase } from '../testing/database'
import { addDevice, addRestaurant, addSession, addUser, adminScope } from '../testing/people'
import { getPerson, listPeople, listSessions, type PeopleFilter } from './people'

const test = testDatabase()
let scope: ChainScope<'chain:manage'>
const ids: Record<string, number> = {}
let north: number

const PEOPLE = [
  ['Ada Rossi', 'ada@example.com', 'admin'],
  ['Hélène 50%', 'helene@example.com', 'manager'],
  ['Ida Berg', 'ida@example.com', 'kitchen'],
  ['Ida Berg', 'ida.b@example.com', 'kitchen'],
  ['Zoe_Gone', 'zoe@example.com', 'kitchen'],
] as const

beforeAll(async () => {
  north = await addRestaurant(test.db, 'north')
  const south = await addRestaurant(test.db, 'south')
  const closed = await addRestaurant(test.db, 'closed', { isActive: false })
  for (const [name, email, role] of PEOPLE) {
    const restaurants = role === 'admin' ? [] : [south, closed, ...(role === 'manager' ? [north] : [])]
    ids[email] = await addUser(test.db, { role, email, restaurants, isActive: name !== 'Zoe_Gone' })
    await test.db.execute(sql`update users set name = ${name} where email = ${email}`)
  }
  scope = await adminScope(test.db, ids['ada@example.com'] ?? 0)
})

const ALL: PeopleFilter = { words: [], role: null, restaurantId: null, isActive: true }
const list = (filter: Partial<PeopleFilter> = {}, page: { after?: number; limit?: number } = {}) =>
  listPeople(test.db, scope, { ...ALL, ...filter, after: page.after ?? null, limit: page.limit ?? 10 })
const emails = async (filter: Partial<PeopleFilter>) =>
  (await list(filter)).people.map(({ email }) => email.split('@')[0])

describe('the list of people', () => {
  it('is by name, in one query, with what they are and where they work', async () => {
    const { result, queries } = await countQueries(() => list())
    expect(queries).toBe(1)
    expect(result.people.map(({ name, restaurants }) => [name, restaurants])).toEqual([
      ['Ada Rossi', []],
      ['Hélène 50%', ['north', 'south']],
      ['Ida Berg', ['south']],
      ['Ida Berg', ['south']],
    ])
    expect(result.people[0]).toMatchObject({
      role: 'admin',
      isActive: true,
      hasPassword: false,
      lastSeenAt: null,
    })
    expect(result.next).toBeNull()
  })

  it('turns pages without skipping or repeating anybody, not even one of two of the same name', async () => {
    const seen: number[] = []
    let after: number | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({}, { limit: 1, ...(after && { after }) })
      seen.push(...page.people.map(({ id }) => id))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual((await list()).people.map(({ id }) => id))
    expect(seen).toHaveLength(4)
  })

  it('finds pieces of name and address, in any case, without accents, with signs as they are', async () => {
    expect(await emails({ words: ['HELENE'] })).toEqual(['helene'])
    expect(await emails({ words: ['hélène', 'example.com'] })).toEqual(['helene'])
    expect(await emails({ words: ['ida', '.b@'] })).toEqual(['ida.b'])
    expect(await emails({ words: ['%'] })).toEqual(['helene'])
    expect(await emails({ words: ['_'] })).toEqual([])
    expect(await emails({ words: ['\\'] })).toEqual([])
    expect(await emails({ words: ["'; drop table users --"] })).toEqual([])
  })

  it('filters by role, by restaurant and by whether they were deactivated', async () => {
    expect(await emails({ role: 'kitchen' })).toEqual(['ida', 'ida.b'])
    expect(await emails({ restaurantId: north })).toEqual(['helene'])
    expect(await emails({ isActive: false })).toEqual(['zoe'])
  })
})

describe('one person', () => {
  it('comes with what depends on them', async () => {
    const helene = ids['helene@example.com'] ?? 0
    await addDevice(test.db, north, helene, { name: 'Grill' })
    const { deviceId } = await addDevice(test.db, north, helene, { name: 'Old' })
    await test.db.execute(sql`update devices set revoked_at = now() where id = ${deviceId}`)
    expect(await getPerson(test.db, scope, helene)).toMatchObject({ screens: 1, isOnlyAdmin: false })
    expect(await getPerson(test.db, scope, ids['ada@example.com'] ?? 0)).toMatchObject({ isOnlyAdmin: true })
    expect(await getPerson(test.db, scope, 999_999)).toBeNull()
  })

  it('was last seen when a session of theirs was extended', async () => {
    const ida = ids['ida@example.com'] ?? 0
    await touchSession(test.db, await addSession(test.db, ida, { touched: '-11 minutes' }))
    const seen = (await getPerson(test.db, scope, ida))?.lastSeenAt ?? expect.fail()
    const [{ now } = expect.fail()] = await test.db.execute<{ now: number }>(
      sql`select extract(epoch from now())::float8 * 1000 as now`,
    )
    expect(now - seen).toBeLessThan(60_000)
  })

  it('has the sessions that are good, the one used last first', async () => {
    const ida = ids['ida.b@example.com'] ?? 0
    const old = await addSession(test.db, ida, { begun: '-1 day', touched: '-1 hour' })
    await addSession(test.db, ida)
    await addSession(test.db, ida, { ends: '-1 minute' })
    await addSession(test.db, ida, { touched: '-13 hours' })
    await addSession(test.db, ida, { begun: '-8 days' })
    const sessions = await listSessions(test.db, scope, { userId: ida, currentToken: old })
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([false, true])
    expect(await listSessions(test.db, scope, { userId: ida, currentToken: null })).toHaveLength(2)
    expect(sessions[0]).not.toHaveProperty('token')
  })
})
