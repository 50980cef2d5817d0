import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { testDatabase } from '../testing/database'
import { addSession, addUser } from '../testing/people'
import { touchSession } from './sessions'

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
