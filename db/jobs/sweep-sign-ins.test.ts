import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { systemScope } from '@/domain/scope'
import { takeSignInAttempt } from '../mutations/sign-in'
import { testDatabase } from '../testing/database'
import { addSession, addUser } from '../testing/people'
import { sweepSignIns } from './sweep-sign-ins'

const test = testDatabase()

it('sweeps away what has ended and keeps what has not', async () => {
  const userId = await addUser(test.db, { role: 'admin' })
  const good = await addSession(test.db, userId)
  await addSession(test.db, userId, { ends: '-1 second' })
  await addSession(test.db, userId, { begun: '-8 days', ends: '1 hour' })
  await takeSignInAttempt(test.db, 'recent@example.com')
  await test.db.execute(sql`
    insert into sign_in_failures values ('old@example.com', 3, now() - interval '16 minutes')`)
  await test.db.execute(sql`
    insert into verifications (identifier, value, expires_at)
    values ('live', '1', now() + interval '1 hour'), ('stale', '1', now() - interval '1 second')`)
  await test.db.execute(sql`
    insert into rate_limits (key, count, last_request)
    select key, 1, extract(epoch from now() - ago)::bigint * 1000
    from (values ('now', interval '1 minute'), ('long ago', interval '25 hours')) as r (key, ago)`)
  expect(await sweepSignIns(test.db, systemScope())).toEqual({
    sessions: 2,
    links: 1,
    failures: 1,
    limits: 1,
  })
  const left = (column: string, table: string) =>
    test.db.execute(sql.raw(`select ${column} as left from ${table}`))
  expect(await left('token', 'sessions')).toEqual([{ left: good }])
  expect(await left('email', 'sign_in_failures')).toEqual([{ left: 'recent@example.com' }])
  expect(await left('identifier', 'verifications')).toEqual([{ left: 'live' }])
  expect(await left('key', 'rate_limits')).toEqual([{ left: 'now' }])
})
