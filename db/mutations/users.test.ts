import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { systemScope } from '@/domain/scope'
import { findPasswordLink } from '../queries/access'
import { testDatabase } from '../testing/database'
import { addSession, addUser } from '../testing/people'
import { takeSignInAttempt } from './sign-in'
import { issuePasswordLink, setPasswordByLink } from './users'

const test = testDatabase('migrated', { max: 10 })
let count = 0
const newEmail = () => `person${++count}@example.com`

async function linkFor(email: string): Promise<string> {
  const link = await issuePasswordLink(test.db, systemScope(), { email, name: 'Mia' })
  if (!link.ok) throw new Error('No link was issued.')
  return link.token
}
const set = (token: string, passwordHash = 'hash') => setPasswordByLink(test.db, { token, passwordHash })
const passwordsOf = (email: string) =>
  test.db.execute(sql`
    select a.password, a.account_id = u.id::text as "isTheirs", a.provider_id as provider
    from accounts a join users u on u.id = a.user_id where u.email = ${email}`)

describe('a one-time link', () => {
  it('makes an unknown address an admin', async () => {
    const email = newEmail()
    const link = await issuePasswordLink(test.db, systemScope(), { email, name: 'Mia' })
    expect(link).toMatchObject({ ok: true, isNew: true, role: 'admin' })
    expect(await findPasswordLink(test.db, await linkFor(email))).toEqual({ name: 'Mia', email })
  })

  it('leaves the role of a known address alone', async () => {
    const email = newEmail()
    await addUser(test.db, { role: 'kitchen', email })
    const link = await issuePasswordLink(test.db, systemScope(), { email, name: 'Mia' })
    expect(link).toMatchObject({ ok: true, isNew: false, role: 'kitchen' })
  })

  it('is refused to somebody who was deactivated, and dies with their deactivation', async () => {
    const email = newEmail()
    const token = await linkFor(email)
    await test.db.execute(sql`update users set is_active = false where email = ${email}`)
    expect(await findPasswordLink(test.db, token)).toBeNull()
    expect(await set(token)).toEqual({ ok: false, reason: 'link_used' })
    const link = await issuePasswordLink(test.db, systemScope(), { email, name: 'Mia' })
    expect(link).toEqual({ ok: false, reason: 'deactivated' })
  })

  it('is not kept itself, only its hash', async () => {
    const token = await linkFor(newEmail())
    const rows = await test.db.execute(sql`select * from verifications`)
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('sets the password of ten who follow it at once for one of them', async () => {
    const email = newEmail()
    const token = await linkFor(email)
    const results = await Promise.all(Array.from({ length: 10 }, (_, i) => set(token, `hash ${i}`)))
    const winner = results.findIndex(({ ok }) => ok)
    expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true, email }])
    expect(await passwordsOf(email)).toEqual([
      { password: `hash ${winner}`, isTheirs: true, provider: 'credential' },
    ])
    expect(await findPasswordLink(test.db, token)).toBeNull()
  })

  it('dies when a newer one is issued, and after a day', async () => {
    const email = newEmail()
    const first = await linkFor(email)
    const second = await linkFor(email)
    expect(await set(first)).toEqual({ ok: false, reason: 'link_used' })
    await test.db.execute(sql`
      update verifications set expires_at = expires_at - interval '24 hours' where value::int =
        (select id from users where email = ${email})`)
    expect(await findPasswordLink(test.db, second)).toBeNull()
    expect(await set(second)).toEqual({ ok: false, reason: 'link_used' })
  })

  it('replaces an old password, ends every session, forgets failed sign-ins and is on record', async () => {
    const email = newEmail()
    const userId = await addUser(test.db, { role: 'manager', email, passwordHash: 'old hash' })
    await addSession(test.db, userId)
    await addSession(test.db, userId)
    const bystander = await addSession(test.db, await addUser(test.db, { role: 'admin' }))
    for (let i = 0; i < 6; i++) await takeSignInAttempt(test.db, email)

    expect(await set(await linkFor(email), 'new hash')).toEqual({ ok: true, email })

    expect(await passwordsOf(email)).toMatchObject([{ password: 'new hash' }])
    expect(await test.db.execute(sql`select token from sessions`)).toEqual([{ token: bystander }])
    expect(await takeSignInAttempt(test.db, email)).toEqual({ ok: true })
    const record = await test.db.execute(sql`
      select action, user_id as "userId" from audit_log where subject = 'user' and subject_id = ${String(userId)}
      order by id`)
    expect(record).toEqual([
      { action: 'user.password_link_issued', userId: null },
      { action: 'user.password_set', userId },
    ])
  })
})
