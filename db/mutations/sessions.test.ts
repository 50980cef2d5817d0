import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { testDatabase } from '../testing/database'
import { addSession, addUser } from '../testing/people'
import { sweepSignIns, touchSession } from './sessions'
import { takeSignInAttempt } from './sign-in'

const test = testDatabase()

/** Seconds from now until the session ends, and since it was touched. */
async function timesOf(token: string): Promise<{ ends: number; touched: number } | undefined> {
  const [row] = await test.db.execute<{ ends: number; touched: number }>(sql`
    select extract(epoch from expires_at - now())::int as ends,
      extract(epoch from now() - updated_at)::int as touched
    from sessions where token = ${token}`)
  return row
}
const HOUR = 3600

it('moves the end of a session to twelve hours from now', async () => {
  const token = await addSession(test.db, await addUser(test.db, { role: 'admin' }), {
    begun: '-1 day',
    touched: '-2 hours',
    ends: '10 hours',
  })
  await touchSession(test.db, token)
  const times = await timesOf(token)
  expect(times?.ends).toBeGreaterThan(12 * HOUR - 60)
  expect(times?.touched).toBeLessThan(60)
})

it('never moves it beyond seven days from when the session began', async () => {
  const token = await addSession(test.db, await addUser(test.db, { role: 'admin' }), {
    begun: '-6 days -23 hours',
    touched: '-2 hours',
    ends: '30 minutes',
  })
  await touchSession(test.db, token)
  const times = await timesOf(token)
  expect(times?.ends).toBeLessThanOrEqual(HOUR)
  expect(times?.ends).toBeGreaterThan(HOUR - 60)
})

it('writes nothing within ten minutes of the last time, and does not wake an ended session', async () => {
  const userId = await addUser(test.db, { role: 'admin' })
  const fresh = await addSession(test.db, userId, { touched: '-9 minutes', ends: '11 hours' })
  const ended = await addSession(test.db, userId, { touched: '-13 hours', ends: '-1 hour' })
  await Promise.all([touchSession(test.db, fresh), touchSession(test.db, ended)])
  expect((await timesOf(fresh))?.touched).toBeGreaterThan(8 * 60)
  expect((await timesOf(ended))?.ends).toBeLessThan(0)
})

it('sweeps away what has ended and keeps what has not', async () => {
  const userId = await addUser(test.db, { role: 'admin' })
  const good = await addSession(test.db, userId)
  const ended = await addSession(test.db, userId, { ends: '-1 second' })
  const old = await addSession(test.db, userId, { begun: '-8 days', ends: '1 hour' })
  await takeSignInAttempt(test.db, 'recent@example.com')
  await test.db.execute(sql`
    insert into sign_in_failures values ('old@example.com', 3, now() - interval '16 minutes')`)
  await test.db.execute(sql`
    insert into verifications (identifier, value, expires_at)
    values ('live', '1', now() + interval '1 hour'), ('stale', '1', now() - interval '1 second')`)
  await sweepSignIns(test.db)
  expect(await timesOf(good)).toBeDefined()
  expect([await timesOf(ended), await timesOf(old)]).toEqual([undefined, undefined])
  expect(await test.db.execute(sql`select email from sign_in_failures`)).toEqual([
    { email: 'recent@example.com' },
  ])
  expect(await test.db.execute(sql`select identifier from verifications`)).toEqual([{ identifier: 'live' }])
})
