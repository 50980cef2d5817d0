import { sql } from 'drizzle-orm'
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { type ChainScope, chainScope } from '@/domain/scope'
import { openSession, type Session } from '../client'
import { findPerson } from '../queries/access'
import { listTroubledSessions } from '../queries/activity'
import { testDatabase } from '../testing/database'
import { addSession, addUser } from '../testing/people'
import { endBlocker } from './blockers'

const held = testDatabase()
let scope: ChainScope<'database:cancel'>
let userId: number
beforeAll(async () => {
  userId = await addUser(held.db, { role: 'admin' })
  const person = await findPerson(held.db, await addSession(held.db, userId))
  scope = (person && chainScope(person, 'database:cancel')) ?? expect.fail()
})

async function named(applicationName: string): Promise<Session> {
  const session = await openSession(held.url, { applicationName })
  onTestFinished(() => session.close().catch(() => {}))
  return session
}

/** Two sessions, one of which waits for the other; the one on top as an operator sees it. */
async function queue(name: string, work = 'select 1') {
  const holder = await named(name)
  const holding = holder.query(`begin; lock table suppliers; ${work}`).catch((error) => error.code)
  const waiter = await named('waiter')
  const waiting = waiter.query('select from suppliers limit 1').catch((error) => error.code)
  const top = () =>
    vi.waitFor(async () => {
      const sessions = await listTroubledSessions(held.db, scope as never)
      const found = sessions.find((each) => each.name === name && each.blockedBy.length === 0)
      expect(sessions.find((each) => each.name === 'waiter')?.blockedBy).toContain(found?.pid)
      return { pid: found?.pid ?? 0, transactionId: found?.transactionId ?? '' }
    }, 10_000)
  return { holder, holding, waiting, ...(await top()) }
}

const audited = () =>
  held.db.execute(sql`
    select action, subject, subject_id as "subjectId", user_id as "userId", before ->> 'name' as name
    from audit_log where subject = 'database_session' order by id desc limit 1`)

test('a statement that holds others up is cancelled, and who did it is recorded', async () => {
  const { holding, waiting, pid, transactionId } = await queue('busy', 'select pg_sleep(600)')
  expect(await endBlocker(held.db, scope, { pid, transactionId, how: 'cancel' })).toEqual({
    ok: true,
    how: 'cancelled',
  })
  expect(await holding).toBe('57014')
  expect(await waiting).toEqual(expect.any(Array))
  expect(await audited()).toMatchObject([
    {
      action: 'database_session.cancelled',
      subject: 'database_session',
      subjectId: String(pid),
      userId,
      name: 'busy',
    },
  ])
  expect(await endBlocker(held.db, scope, { pid, transactionId, how: 'close' })).toEqual({
    ok: false,
    reason: 'gone',
  })
})

test('of a transaction that was left open there is nothing to cancel; its connection is closed', async () => {
  const { holding, waiting, pid, transactionId } = await queue('forgotten')
  await holding
  expect(await endBlocker(held.db, scope, { pid, transactionId, how: 'cancel' })).toEqual({
    ok: false,
    reason: 'not_running',
  })
  expect(await endBlocker(held.db, scope, { pid, transactionId: 'another', how: 'close' })).toEqual({
    ok: false,
    reason: 'gone',
  })
  expect(await endBlocker(held.db, scope, { pid, transactionId, how: 'close' })).toEqual({
    ok: true,
    how: 'closed',
  })
  expect(await waiting).toEqual(expect.any(Array))
  expect(await audited()).toMatchObject([{ action: 'database_session.closed', subjectId: String(pid) }])
})

test('a migrator is spared, and so is who holds nobody up', async () => {
  const { holder, waiting, pid, transactionId } = await queue('brigade migrate')
  expect(await endBlocker(held.db, scope, { pid, transactionId, how: 'close' })).toEqual({
    ok: false,
    reason: 'spared',
  })
  await holder.query('rollback')
  await waiting
  await holder.query('begin; select from suppliers limit 1')
  const [open] = await held.db.execute<{ transactionId: string }>(
    sql`select xact_start::text as "transactionId" from pg_stat_activity where pid = ${pid}`,
  )
  expect(
    await endBlocker(held.db, scope, { pid, transactionId: open?.transactionId ?? '', how: 'close' }),
  ).toEqual({ ok: false, reason: 'gone' })
  await holder.query('rollback')
})
