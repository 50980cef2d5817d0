import { describe, expect, test, vi } from 'vitest'
import type { Session } from '../client'
import { howFar } from './index-progress'
import { migrate } from './runner'
import { catalog } from './testing/catalog'
import { ALONE, migrationsFolder, TRANSACTIONAL } from './testing/migrations-folder'
import { startMigrator } from './testing/migrator-process'
import { openTestSession, throwAwayDatabase } from './testing/throw-away-database'

const FILES = {
  '0000_dishes': `${TRANSACTIONAL}create table dishes (id int, name text);
    insert into dishes select n, 'dish ' || n from generate_series(1, 1000) as n;`,
  '0001_names': `${ALONE}create index concurrently dishes_name on dishes (name);`,
  '0002_price': `${TRANSACTIONAL}alter table dishes add column price int;
--> statement-breakpoint
update dishes set price = 100;`,
}

const applied = (session: Session) =>
  session.query('select name from brigade_migrations.ledger order by name')
const invalid = (session: Session) =>
  session.query(`select indexrelid::regclass::text as name from pg_index where not indisvalid`)
const sessionsOfMigrators = (session: Session) =>
  session.query(
    `select pid from pg_stat_activity where application_name ~ '^brigade (migrate|watching)' and datname = current_database()`,
  )

/** A transaction that a concurrent build waits for at its end, as a long report would be. */
async function openReport(url: string) {
  const report = await openTestSession(url)
  await report.query('begin isolation level repeatable read')
  await report.query('select 1')
  return report
}

describe('a migrator that is interrupted while it builds an index', () => {
  test.each(['SIGINT', 'SIGKILL'] as const)(
    'by %s leaves what the next one brings to its end',
    async (signal) => {
      const { url, session } = await throwAwayDatabase()
      const { directory } = await migrationsFolder(FILES)
      const report = await openReport(url)
      const migrator = startMigrator(url, directory)

      // Its second connection tells how far the first one is, and whom it waits for.
      expect(await migrator.line(/^building:/)).toMatch(
        /^building: dishes_name: waiting for old snapshots: server process \d+ \(test\)$/,
      )
      await migrator.kill(signal)

      // A killed one's statement must not go on without it: it would keep the migrators' lock.
      await vi.waitFor(async () => expect(await sessionsOfMigrators(session)).toEqual([]), 10_000)
      expect(await applied(session)).toEqual([{ name: '0000_dishes' }])
      expect(await invalid(session)).toEqual([{ name: 'dishes_name' }])
      await report.query('commit')

      expect((await startMigrator(url, directory).ended()).at(-1)).toBe('ok')
      expect(await invalid(session)).toEqual([])
      expect(await applied(session)).toHaveLength(3)
    },
  )
})

describe('a migrator that is interrupted in a transaction', () => {
  test.each(['SIGINT', 'SIGKILL'] as const)('by %s leaves nothing of the file', async (signal) => {
    const { url, session } = await throwAwayDatabase()
    const folder = await migrationsFolder(FILES)
    await migrate(url, { directory: folder.directory })
    const before = await catalog(session)
    await folder.write({
      ...FILES,
      '0003_slow': `${TRANSACTIONAL}alter table dishes add column station text;
        --> statement-breakpoint
        update dishes set station = 'grill';
        --> statement-breakpoint
        lock table dishes_held in access exclusive mode;`,
    })
    await session.query('create table dishes_held ()')
    const holder = await openTestSession(url)
    await holder.query('begin; lock table dishes_held in access share mode')
    const migrator = startMigrator(url, folder.directory)

    await migrator.line(/^retrying: try 2 /)
    await migrator.kill(signal)

    await vi.waitFor(async () => expect(await sessionsOfMigrators(session)).toEqual([]), 10_000)
    expect((await catalog(session)).filter((line) => !line.includes('dishes_held'))).toEqual(before)
    await holder.query('commit')
    expect((await startMigrator(url, folder.directory).ended()).at(-1)).toBe('ok')
    expect(await session.query('select count(*)::int as n from dishes where station is null')).toEqual([
      { n: 0 },
    ])
  })
})

test('the progress of a build never goes back from phase to phase, and names whom it waits for', () => {
  const counts = { lockersTotal: 2, lockersDone: 1, locker: null, blocksTotal: 0, blocksDone: 0 }
  const at = (phase: string, done: object) =>
    howFar({ ...counts, tuplesTotal: 0, tuplesDone: 0, phase, ...done })
  const phases = [
    at('initializing', {}),
    at('waiting for writers before build', { locker: 'server process 7 (psql)' }),
    at('building index: scanning table', { blocksTotal: 200, blocksDone: 83 }),
    at('building index: loading tuples in tree', {
      blocksTotal: 200,
      blocksDone: 200,
      tuplesTotal: 10,
      tuplesDone: 5,
    }),
    at('index validation: scanning table', { blocksTotal: 200, blocksDone: 199 }),
    at('waiting for old snapshots', {}),
  ]
  expect(phases.map(({ share }) => share)).toEqual(phases.map(({ share }) => share).toSorted((a, b) => a - b))
  expect(phases.map(({ text }) => text)).toEqual([
    'initializing',
    'waiting for writers before build: server process 7 (psql)',
    'building index: scanning table, 41 %',
    'building index: loading tuples in tree, 50 %',
    'index validation: scanning table, 99 %',
    'waiting for old snapshots',
  ])
})
