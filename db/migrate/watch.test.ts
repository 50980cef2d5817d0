import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { LockNode } from '@/domain/lock-tree'
import { systemScope } from '@/domain/scope'
import { openDatabase, openSession, type Session } from '../client'
import { ACTIVITY_LIMITS, type ServerSession } from '../queries/activity'
import { openTestSession, throwAwayDatabase } from './testing/throw-away-database'
import { blockerKiller, takeSnapshot } from './watch'

const scope = systemScope()
/** As soon as it holds; what other sessions do takes its time on a busy machine. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, 10_000)
const ROOT = join(import.meta.dirname, '../..')

async function watched() {
  const { url, session } = await throwAwayDatabase()
  await session.query('create table dishes (id int primary key, name text); insert into dishes values (1)')
  const db = openDatabase(url, { max: 1 })
  onTestFinished(() => db.close())
  return { url, db, look: (limits = {}) => takeSnapshot(db, scope, { ...ACTIVITY_LIMITS, ...limits }) }
}

async function named(url: string, applicationName: string): Promise<Session> {
  const session = await openSession(url, { applicationName })
  onTestFinished(() => session.close())
  return session
}

const pidOf = async (session: Session) =>
  (await session.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]?.pid ?? 0

type Drawn = { [who: string]: Drawn }
const draw = (nodes: LockNode<ServerSession>[]): Drawn =>
  Object.fromEntries(nodes.map(({ session, waiting }) => [session.name, draw(waiting)]))

/** A transaction left open, a migrator that waits for it, and a request that queues up behind the migrator. */
async function queue(url: string) {
  const report = await named(url, 'report')
  await report.query('begin; select from dishes')
  const migrator = await named(url, 'brigade migrate')
  const altering = migrator.query('alter table dishes add column price int').catch((error) => error.code)
  await eventually(async () =>
    expect(await report.query(`select from pg_locks where not granted`)).toHaveLength(1),
  )
  const request = await named(url, 'brigade')
  const asking = request.query('select id from dishes').catch((error) => error.code)
  return { report, migrator, altering, asking }
}

describe('the watcher', () => {
  test('shows who waits for whom, and for how long', async () => {
    const { url, look } = await watched()
    const { report, altering, asking } = await queue(url)

    await eventually(async () =>
      expect(draw((await look()).locks)).toEqual({ report: { 'brigade migrate': { brigade: {} } } }),
    )
    const { locks, server } = await look()
    expect(server).toMatchObject({ waiting: 2 })
    expect(locks[0]?.session).toMatchObject({ state: 'idle in transaction', blockedBy: [] })
    expect(locks[0]?.waiting[0]?.session).toMatchObject({
      wants: 'AccessExclusiveLock on dishes',
      query: 'alter table dishes add column price int',
      waitSeconds: expect.any(Number),
    })
    await report.query('commit')
    await Promise.all([altering, asking])
    expect((await look()).locks).toEqual([])
  })

  test('lists statements over their limit, of which reports have a longer one, and transactions left open', async () => {
    const { url, look } = await watched()
    const sessions = await Promise.all([named(url, 'brigade'), named(url, 'brigade-report')])
    const asleep = sessions.map((session) =>
      session.query('select pg_sleep(600)').catch((error) => error.code),
    )
    const idle = await named(url, 'forgotten')
    await idle.query('begin; select from dishes')

    await eventually(async () => {
      const { long, idle } = await look({ query: 0.01, report: 300, idle: 0 })
      expect(long.map(({ name }) => name)).toEqual(['brigade'])
      expect(idle.map(({ name }) => name)).toEqual(['forgotten'])
    })
    expect((await look({ query: 0, report: 0 })).long).toHaveLength(2)
    expect((await look()).long).toEqual([])
    const admin = await openTestSession(url)
    await admin.query(
      `select pg_cancel_backend(pid) from pg_stat_activity where query = 'select pg_sleep(600)'`,
    )
    expect(await Promise.all(asleep)).toEqual(['57014', '57014'])
  })

  test('shows an index that is being built, and one that an interrupted build left', async () => {
    const { url, look } = await watched()
    const report = await named(url, 'report')
    await report.query('begin isolation level repeatable read; select 1')
    const builder = await named(url, 'builder')
    const building = builder
      .query('create index concurrently dishes_name on dishes (name)')
      .catch((error) => error.code)

    await eventually(async () =>
      expect((await look()).builds).toMatchObject(
        [
          {
            table: 'dishes',
            index: 'dishes_name',
            text: /^waiting for old snapshots: server process \d+ \(report\)$/,
          },
        ].map((build) => ({ ...build, text: expect.stringMatching(build.text) })),
      ),
    )
    expect((await look()).server.invalidIndexes).toEqual([])
    await report.query(
      'select pg_cancel_backend(pid) from pg_stat_progress_create_index where datname = current_database()',
    )
    expect(await building).toBe('57014')
    expect(await look()).toMatchObject({ builds: [], server: { invalidIndexes: ['dishes_name'] } })
  })
})

describe('ending blockers', () => {
  test('ends the one on top once somebody has waited too long, and nobody else', async () => {
    const { url, db, look } = await watched()
    const { report, altering, asking } = await queue(url)
    const pid = await pidOf(report)
    await eventually(async () => expect((await look()).server.waiting).toBe(2))

    expect(await blockerKiller(3600)(db, scope, await look())).toEqual([])
    const kill = blockerKiller(0)
    expect(await kill(db, scope, await look())).toEqual([{ pid, how: 'terminated' }])

    await Promise.all([altering, asking])
    expect(await asking).toEqual([{ id: 1 }])
    expect(await kill(db, scope, await look())).toEqual([])
  })

  test('first cancels a statement that runs, and spares migrators', async () => {
    const { url, db, look } = await watched()
    const busy = await named(url, 'busy')
    const working = busy.query('begin; lock table dishes; select pg_sleep(600)').catch((error) => error.code)
    const admin = await openTestSession(url)
    await eventually(async () =>
      expect(
        await admin.query(
          `select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
        ),
      ).toHaveLength(1),
    )
    const request = await named(url, 'brigade')
    const asking = request.query('select id from dishes')
    await eventually(async () => expect(draw((await look()).locks)).toEqual({ busy: { brigade: {} } }))

    expect(await blockerKiller(0)(db, scope, await look())).toMatchObject([{ how: 'cancelled' }])
    expect(await working).toBe('57014')
    expect(await asking).toEqual([{ id: 1 }])

    const migrator = await named(url, 'brigade migrate on here')
    await migrator.query('begin; lock table dishes')
    const later = request.query('select id from dishes')
    await eventually(async () => expect((await look()).server.waiting).toBe(1))
    expect(await blockerKiller(0)(db, scope, await look())).toEqual([])
    await migrator.query('commit')
    await later
  })
})

test('npm run db:watch prints lines where there is no terminal, ends blockers when told, and stops at Ctrl-C', async () => {
  const { url } = await watched()
  const { altering, asking } = await queue(url)
  const program = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(ROOT, 'bin/commands/db-watch.ts'),
      '--every',
      '0.2',
      '--kill-blockers-after',
      '1',
    ],
    {
      cwd: ROOT,
      env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = Promise.all([once(program, 'close'), text(program.stdout), text(program.stderr)])
  await Promise.all([altering, asking])
  program.kill('SIGINT')

  const [[code], out, err] = await ended
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^\d\d:\d\d:\d\d {2}2 waiting, the longest [\d.]+ s · .* on PostgreSQL \d/m)
  expect(out).toMatch(
    / {6}\d+ report idle in transaction, transaction open for [\d.]+ s: select from pg_locks/m,
  )
  expect(out).toMatch(
    / {8}└ \d+ brigade migrate waits [\d.]+ s for AccessExclusiveLock on dishes: alter table/m,
  )
  expect(out).toMatch(/Server process \d+ was terminated: others waited for it\.$/m)
})
