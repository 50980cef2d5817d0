import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { MIGRATION_LOCK } from './migration-lock'
import type { Progress } from './progress'
import { LOCK_PATIENCE, lockTimeout } from './retry'
import { migrate } from './runner'
import { catalog } from './testing/catalog'
import { ALONE, migrationsFolder, TRANSACTIONAL } from './testing/migrations-folder'
import { openTestSession, throwAwayDatabase } from './testing/throw-away-database'

const IMPATIENT = { tries: 4, firstMs: 5, lastMs: 20, rest: 1 }
const FILES = {
  '0000_menus': `${TRANSACTIONAL}create table menus (id int);
--> statement-breakpoint
alter table dishes add column menu_id int;`,
}

/** A database with one table, which another session holds a lock on. */
async function lockedTable() {
  const { url, session } = await throwAwayDatabase()
  await session.query('create table dishes (id int)')
  const before = await catalog(session)
  const holder = await openTestSession(url)
  await holder.query('begin')
  await holder.query('lock table dishes in access share mode')
  return { url, session, holder, before }
}

describe('a lock that others hold', () => {
  test('is waited for longer with every try, from 50 ms to 200 ms in 30 tries', () => {
    const timeouts = Array.from({ length: LOCK_PATIENCE.tries }, (_, at) =>
      lockTimeout(at + 1, LOCK_PATIENCE),
    )
    expect(timeouts).toHaveLength(30)
    expect(timeouts[0]).toBe(50)
    expect(timeouts.at(-1)).toBe(200)
    expect(timeouts).toEqual(timeouts.toSorted((a, b) => a - b))
    expect(new Set(timeouts).size).toBe(30)
  })

  test('and let go is taken at the next try', async () => {
    const { url, session, holder } = await lockedTable()
    const { directory } = await migrationsFolder(FILES)
    const retries: Progress[] = []
    const pauses: number[] = []

    const result = await migrate(url, {
      directory,
      lockPatience: IMPATIENT,
      report: (progress) => progress.kind === 'retrying' && retries.push(progress),
      async pause(milliseconds) {
        pauses.push(milliseconds)
        if (pauses.length === 2) await holder.query('commit')
      },
    })

    expect(result).toMatchObject({ ok: true, applied: [{ name: '0000_menus' }] })
    expect(retries).toMatchObject([
      { attempt: 1, tries: 4, waitedMs: 5 },
      { attempt: 2, tries: 4, waitedMs: 8 },
    ])
    expect(pauses).toHaveLength(2)
    expect(await session.query('select menu_id from dishes')).toEqual([])
    expect(await session.query('select name from brigade_migrations.ledger')).toHaveLength(1)
  })

  test('and never let go is a clear failure that leaves everything as it was', async () => {
    const { url, session, holder, before } = await lockedTable()
    const { directory } = await migrationsFolder(FILES)
    const [row] = await holder.query<{ pid: number }>('select pg_backend_pid() as pid')

    const result = await migrate(url, { directory, lockPatience: IMPATIENT, pause: () => Promise.resolve() })

    expect(result).toMatchObject({ ok: false, reason: 'lock_timeout', applied: [] })
    expect(!result.ok && result.message).toMatch(
      /^Migration 0000_menus got no lock in 4 tries and left the database/,
    )
    expect(!result.ok && result.message).toContain(`server process ${row?.pid} (test, idle in transaction`)
    expect(await catalog(session)).toEqual(before)
  })
})

describe('many migrators at once', () => {
  test('apply each file once and without deadlock, an index build among the files', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder({
      '0000_dishes': `${TRANSACTIONAL}create table dishes (id int);
        insert into dishes select generate_series(1, 20000);`,
      '0001_index': `${ALONE}create unique index concurrently dishes_id on dishes (id);`,
      '0002_more': `${TRANSACTIONAL}insert into dishes values (0);`,
      '0003_index': `${ALONE}create index concurrently dishes_even on dishes (id) where id % 2 = 0;`,
    })

    const results = await Promise.all(
      Array.from({ length: 10 }, () => migrate(url, { directory, pause: () => setImmediate() })),
    )

    expect(results.filter(({ ok }) => !ok)).toEqual([])
    expect(results.flatMap(({ applied }) => applied.map(({ name }) => name)).sort()).toEqual([
      '0000_dishes',
      '0001_index',
      '0002_more',
      '0003_index',
    ])
    const [count] = await session.query('select count(*)::int as dishes from dishes')
    expect(count).toEqual({ dishes: 20001 })
    expect(await session.query('select from brigade_migrations.ledger')).toHaveLength(4)
    expect(await session.query('select from drizzle.__drizzle_migrations')).toHaveLength(4)
    expect(await session.query('select from pg_index where not indisvalid')).toEqual([])
  })

  test('wait for the one at work, say for whom, and stop waiting when told', async () => {
    const { url, session } = await throwAwayDatabase()
    const before = await catalog(session)
    const { directory } = await migrationsFolder({ '0000_a': `${TRANSACTIONAL}create table a (id int);` })
    await session.query('select pg_advisory_lock($1::int, $2::int)', MIGRATION_LOCK)
    const stop = new AbortController()
    const waiting: Progress[] = []

    const result = await migrate(url, {
      directory,
      signal: stop.signal,
      report(progress) {
        waiting.push(progress)
        stop.abort()
      },
    })

    expect(waiting).toEqual([
      { kind: 'waiting', holder: expect.stringMatching(/^test \(server process \d+, since [\d:]+ UTC\)$/) },
    ])
    expect(result).toMatchObject({ ok: false, reason: 'stopped', applied: [] })
    expect(await catalog(session)).toEqual(before)
  })
})
