import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PersonDocument } from '@/domain/person'
import type { ChainScope } from '@/domain/scope'
import { findPasswordLink, findPerson } from '../queries/access'
import { getPerson } from '../queries/people'
import { testDatabase } from '../testing/database'
import { addRestaurant, addSession, addUser, adminScope } from '../testing/people'
import {
  changePerson,
  createPerson,
  deactivatePerson,
  endSessions,
  invitePerson,
  reactivatePerson,
} from './people'

const test = testDatabase('migrated', { max: 10 })
let north: number
let south: number
let closed: number
let admin: number
let scope: ChainScope<'chain:manage'>
let count = 0

beforeEach(async () => {
  // A chain of its own for each test, whose one admin may be the last.
  await test.db.execute(sql`
    truncate users, memberships, sessions, accounts, verifications, audit_log, restaurants cascade`)
  north = await addRestaurant(test.db, 'north')
  south = await addRestaurant(test.db, 'south')
  closed = await addRestaurant(test.db, 'closed', { isActive: false })
  admin = await addUser(test.db, { role: 'admin' })
  scope = await adminScope(test.db, admin)
})

const newEmail = () => `person${++count}@example.com`
const create = (input: Partial<Parameters<typeof createPerson>[2]> = {}) =>
  createPerson(test.db, scope, {
    name: 'Mia',
    email: newEmail(),
    role: 'kitchen',
    restaurantIds: [north],
    ...input,
  })
async function created(input: Parameters<typeof create>[0] = {}): Promise<{ userId: number; token: string }> {
  const made = await create(input)
  return made.ok ? made : expect.fail(made.reason)
}
const NOBODY: PersonDocument = { name: 'Nobody', role: 'admin', restaurantIds: [] }
const personOf = async (userId: number) => (await getPerson(test.db, scope, userId)) ?? expect.fail()
async function change(userId: number, input: Partial<Parameters<typeof changePerson>[2]>) {
  const { name, role, restaurantIds } = await personOf(userId)
  const base = { name, role, restaurantIds }
  return changePerson(test.db, scope, { userId, base, ...base, ...input })
}
const log = () =>
  test.db.execute(sql`
    select user_id as by, action, subject_id::int as of, before, after from audit_log where subject = 'user' order by id`)

describe('a new person', () => {
  it('gets in by a link, works where they were put, and is on record', async () => {
    const email = newEmail()
    const { userId, token } = await created({ email, role: 'manager', restaurantIds: [south, north] })
    expect(await findPasswordLink(test.db, token)).toEqual({ name: 'Mia', email })
    expect(await personOf(userId)).toMatchObject({
      role: 'manager',
      restaurantIds: [north, south],
      hasPassword: false,
      isActive: true,
    })
    expect(await log()).toEqual([
      {
        by: admin,
        action: 'user.created',
        of: userId,
        before: null,
        after: { name: 'Mia', email, role: 'manager', active: true, restaurants: ['north', 'south'] },
      },
    ])
    expect(JSON.stringify(await test.db.execute(sql`select * from audit_log`))).not.toContain(token)
  })

  it('needs an address of their own, even when two are added at once', async () => {
    const email = newEmail()
    const made = await Promise.all([1, 2, 3, 4].map(() => create({ email })))
    const first = made.find((answer) => answer.ok) ?? expect.fail()
    expect(made.filter((answer) => !answer.ok)).toEqual(
      Array(3).fill({ ok: false, reason: 'email_taken', userId: first.userId }),
    )
    expect(await log()).toHaveLength(1)
  })

  it('is not added at all to a restaurant that is closed or not there', async () => {
    for (const id of [closed, 987_654]) {
      const email = newEmail()
      expect(await create({ email, restaurantIds: [north, id] })).toEqual({
        ok: false,
        reason: 'unknown_restaurant',
      })
      expect(await test.db.execute(sql`select from users where email = ${email}`)).toEqual([])
    }
    expect(await log()).toEqual([])
  })
})

describe('changing a person', () => {
  it('takes effect on their open sessions at once, and is on record with before and after', async () => {
    const { userId } = await created()
    await test.db.execute(sql`insert into memberships (user_id, restaurant_id) values (${userId}, ${closed})`)
    const session = await addSession(test.db, userId)
    expect(await change(userId, { name: 'Mia B', role: 'manager', restaurantIds: [south] })).toEqual({
      ok: true,
    })
    const person = (await findPerson(test.db, session)) ?? expect.fail()
    expect({ ...person, restaurants: person.restaurants.map(({ slug }) => slug) }).toMatchObject({
      name: 'Mia B',
      role: 'manager',
      restaurants: ['south'],
    })
    // What is closed may open again: it is left alone.
    expect((await log()).at(-1)).toMatchObject({
      by: admin,
      action: 'user.changed',
      before: { name: 'Mia', role: 'kitchen', restaurants: ['closed', 'north'] },
      after: { name: 'Mia B', role: 'manager', restaurants: ['closed', 'south'] },
    })
  })

  it('to what they are already is no change, and not on record', async () => {
    const { userId } = await created()
    expect(await change(userId, {})).toEqual({ ok: true })
    expect(await log()).toHaveLength(1)
  })

  it('is refused to whoever saves second, with what the first saved, and goes through once they have seen that', async () => {
    const { userId } = await created()
    const { name, role, restaurantIds } = await personOf(userId)
    const base = { name, role, restaurantIds }
    await change(userId, { name: 'First' })
    const second = await change(userId, { name: 'Second', base })
    if (second.ok || second.reason !== 'changed_meanwhile') return expect.fail()
    expect(second.theirs).toEqual({ name: 'First', role: 'kitchen', restaurantIds: [north] })
    expect((await personOf(userId)).name).toBe('First')
    // Sent twice, it was saved before and all is well.
    expect(await change(userId, { name: 'First', base })).toEqual({ ok: true })
    expect(await change(userId, { name: 'Second', base: second.theirs })).toEqual({ ok: true })
    expect((await personOf(userId)).name).toBe('Second')
  })

  it('undoes itself where a restaurant is not to be had', async () => {
    const { userId } = await created()
    expect(await change(userId, { name: 'Other', restaurantIds: [closed] })).toEqual({
      ok: false,
      reason: 'unknown_restaurant',
    })
    expect(await personOf(userId)).toMatchObject({ name: 'Mia', restaurantIds: [north] })
  })

  it('leaves one’s own role alone, but not one’s own name', async () => {
    await addUser(test.db, { role: 'admin' })
    expect(await change(admin, { role: 'kitchen' })).toEqual({ ok: false, reason: 'own_account' })
    expect(await change(admin, { name: 'Chief' })).toEqual({ ok: true })
  })

  it('is of somebody', async () => {
    expect(
      await changePerson(test.db, scope, {
        userId: 999_999,
        base: NOBODY,
        ...NOBODY,
      }),
    ).toEqual({ ok: false, reason: 'unknown_person' })
  })
})

describe('deactivating', () => {
  it('ends every session and every link at once, and reactivating brings the person back as they were', async () => {
    const { userId, token } = await created({ role: 'manager' })
    const session = await addSession(test.db, userId)
    expect(await deactivatePerson(test.db, scope, { userId })).toEqual({ ok: true })
    expect(await findPerson(test.db, session)).toBeNull()
    expect(await findPasswordLink(test.db, token)).toBeNull()
    expect(await invitePerson(test.db, scope, { userId })).toEqual({ ok: false, reason: 'deactivated' })
    expect(await deactivatePerson(test.db, scope, { userId })).toEqual({ ok: true })

    const leftBehind = await addSession(test.db, userId)
    expect(await reactivatePerson(test.db, scope, { userId })).toEqual({ ok: true })
    expect(await findPerson(test.db, leftBehind)).toBeNull()
    expect(await personOf(userId)).toMatchObject({ isActive: true, role: 'manager', restaurantIds: [north] })
    expect((await log()).slice(1)).toMatchObject([
      { action: 'user.deactivated', before: { active: true }, after: { active: false } },
      { action: 'user.activated', before: { active: false }, after: { active: true } },
    ])
  })

  it('is refused for one’s own account and for the last admin', async () => {
    expect(await deactivatePerson(test.db, scope, { userId: admin })).toEqual({
      ok: false,
      reason: 'own_account',
    })
    const other = await addUser(test.db, { role: 'admin' })
    const otherScope = await adminScope(test.db, other)
    await test.db.execute(sql`update users set is_active = false where id = ${other}`)
    expect(await deactivatePerson(test.db, otherScope, { userId: admin })).toEqual({
      ok: false,
      reason: 'last_admin',
    })
    expect((await personOf(admin)).isOnlyAdmin).toBe(true)
  })

  it('leaves one admin where ten deactivate each other at once', async () => {
    const admins = [admin]
    for (let n = 1; n < 10; n++) admins.push(await addUser(test.db, { role: 'admin' }))
    const scopes = await Promise.all(admins.map((id) => adminScope(test.db, id)))
    const answers = await Promise.all(
      scopes.map((each, n) =>
        deactivatePerson(test.db, each, { userId: admins[(n + 1) % admins.length] ?? 0 }),
      ),
    )
    const left = await test.db.execute(sql`select from users where role = 'admin' and is_active`)
    expect(left).toHaveLength(1)
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, reason: 'last_admin' }])
  })

  it('of the last admin by taking the role is refused just the same', async () => {
    const other = await addUser(test.db, { role: 'admin' })
    const otherScope = await adminScope(test.db, other)
    await test.db.execute(sql`update users set is_active = false where id = ${other}`)
    const { name, role, restaurantIds } = await personOf(admin)
    const base = { name, role, restaurantIds }
    expect(
      await changePerson(test.db, otherScope, { userId: admin, base, ...base, role: 'manager' }),
    ).toEqual({ ok: false, reason: 'last_admin' })
  })
})

describe('a new link', () => {
  it('kills the one before, and is on record without its token', async () => {
    const { userId, token } = await created()
    const again = await invitePerson(test.db, scope, { userId })
    if (!again.ok) return expect.fail(again.reason)
    expect(await findPasswordLink(test.db, token)).toBeNull()
    expect(await findPasswordLink(test.db, again.token)).toMatchObject({ name: 'Mia' })
    expect((await log()).at(-1)).toMatchObject({ by: admin, action: 'user.password_link_issued', of: userId })
  })
})

describe('ending sessions', () => {
  it('ends one of a person, then the others, and no one else’s', async () => {
    const { userId } = await created()
    const [one, two, three] = [
      await addSession(test.db, userId),
      await addSession(test.db, userId),
      await addSession(test.db, userId),
    ]
    const bystander = await addSession(test.db, admin)
    const [first] = await test.db.execute<{ id: number }>(sql`select id from sessions where token = ${one}`)
    const sessionId = first?.id ?? expect.fail()
    const end = (ask: { sessionId: number | null; keep: string | null }, of = userId) =>
      endSessions(test.db, scope, { userId: of, ...ask })
    // Somebody else's session by the same number is out of reach.
    expect(await end({ sessionId, keep: null }, admin)).toEqual({ ok: true, ended: 0 })
    expect(await end({ sessionId, keep: null })).toEqual({ ok: true, ended: 1 })
    expect(await end({ sessionId, keep: null })).toEqual({ ok: true, ended: 0 })
    expect(await end({ sessionId: null, keep: two })).toEqual({ ok: true, ended: 1 })
    expect(await findPerson(test.db, one)).toBeNull()
    expect(await findPerson(test.db, two)).not.toBeNull()
    expect(await findPerson(test.db, three)).toBeNull()
    expect(await findPerson(test.db, bystander)).not.toBeNull()
    expect((await log()).slice(1)).toMatchObject([
      { action: 'user.sessions_ended', of: userId, before: { sessions: 1 } },
      { action: 'user.sessions_ended', of: userId, before: { sessions: 1 } },
    ])
  })
})
