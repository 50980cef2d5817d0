import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { testDatabase } from '../testing/database'
import { forgetFailures, giveBackSignInAttempt, type SignInAttempt, takeSignInAttempt } from './sign-in'

const test = testDatabase('migrated', { max: 10 })
const take = (email: string): Promise<SignInAttempt> => takeSignInAttempt(test.db, email)
const takeMany = (email: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => take(email)))

it('lets five of a hundred tries at once through', async () => {
  const attempts = await takeMany('flood@example.com', 100)
  expect(attempts.filter(({ ok }) => ok)).toHaveLength(5)
})

it('says until when a sixth has to wait: a quarter of an hour from the first', async () => {
  const before = Date.now()
  await takeMany('wait@example.com', 5)
  const sixth = await take('wait@example.com')
  if (sixth.ok) expect.fail('the sixth try was let through')
  const minutes = (sixth.until.getTime() - before) / 60_000
  expect(minutes).toBeGreaterThan(14.9)
  expect(minutes).toBeLessThan(15.5)
})

it('counts each account on its own', async () => {
  await takeMany('one@example.com', 6)
  expect(await take('other@example.com')).toEqual({ ok: true })
})

it('starts anew after a quarter of an hour, for one flood as for the first', async () => {
  await takeMany('later@example.com', 9)
  await test.db.execute(sql`
    update sign_in_failures set window_started_at = now() - interval '15 minutes' where email = 'later@example.com'`)
  expect((await takeMany('later@example.com', 50)).filter(({ ok }) => ok)).toHaveLength(5)
})

it('starts anew after a success', async () => {
  await takeMany('success@example.com', 4)
  await forgetFailures(test.db, 'success@example.com')
  expect((await takeMany('success@example.com', 6)).filter(({ ok }) => ok)).toHaveLength(5)
})

it('takes back a try whose password was never looked at', async () => {
  await takeMany('busy@example.com', 5)
  await giveBackSignInAttempt(test.db, 'busy@example.com')
  expect((await takeMany('busy@example.com', 3)).filter(({ ok }) => ok)).toHaveLength(1)
})
