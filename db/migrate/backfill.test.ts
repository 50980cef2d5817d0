import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { systemScope } from '@/domain/scope'
import { openDatabase, type Session } from '../client'
import { GATE_CHANNEL } from '../gate-notices'
import { listBackfills } from '../queries/migrations'
import { pauseBackfills, resumeBackfills } from './backfill-control'
import { nextBatchSize } from './batch-size'
import type { Progress } from './progress'
import { migrate, status } from './runner'
import { migrationsFolder, TRANSACTIONAL } from './testing/migrations-folder'
import { startMigrator } from './testing/migrator-process'
import { openTestSession, throwAwayDatabase } from './testing/throw-away-database'

const BACKFILL = '-- backfill: tickets restaurant_id, id\n-- phase: migrate\n'
/** Done twice, it would show; left out, too. */
const TOUCH = `${BACKFILL}update tickets set touched = touched + 1
where (restaurant_id, id) between ($1, $2) and ($3, $4);`
const ROWS = 12_000
// Without autovacuum, for which it would make way at any moment.
const FILES = {
  '0000_tickets': `${TRANSACTIONAL}create table tickets (
      restaurant_id int, id bigint, note text, touched int not null default 0, primary key (restaurant_id, id)) with (autovacuum_enabled = off);
    insert into tickets select n % 7, n, 'ticket ' || n from generate_series(1, ${ROWS}) as n;`,
  '0001_touch': TOUCH,
  '0002_after': `${TRANSACTIONAL}do $$ begin
      assert not exists (select from tickets where touched <> 1), 'the file before is not done';
    end $$;`,
}
const scope = systemScope()

const touches = (session: Session) =>
  session.query('select touched, count(*)::int as rows from tickets group by touched order by touched')
const ALL_ONCE = [{ touched: 1, rows: ROWS }]

async function withDb<T>(url: string, work: (db: ReturnType<typeof openDatabase>) => Promise<T>) {
  const db = openDatabase(url, { max: 1 })
  return work(db).finally(() => db.close())
}
const backfillIn = async (url: string) => (await withDb(url, (db) => listBackfills(db, scope)))[0]

/** Migrates here, without the waits. */
async function run(url: string, directory: string, onProgress: (progress: Progress) => unknown = () => {}) {
  const seen: Progress[] = []
  let reaction: unknown
  const result = await migrate(url, {
    directory,
    report(progress) {
      seen.push(progress)
      reaction = onProgress(progress)
    },
    async pause() {
      await reaction
      await setImmediate()
    },
  })
  return { result, seen }
}

describe('a backfill', () => {
  test('goes through the table once, in batches that grow, and the next file waits for its end', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(FILES)

    const { result, seen } = await run(url, directory)

    expect(result).toMatchObject({ ok: true, applied: [{}, { name: '0001_touch' }, { name: '0002_after' }] })
    const batches = seen.filter((progress) => progress.kind === 'backfilling')
    expect(batches[0]).toMatchObject({ size: 500, done: 500 })
    expect(batches.reduce((sum, { size }) => sum + size, 0)).toBe(ROWS)
    expect(batches.at(-1)).toMatchObject({ done: ROWS, share: 1 })
    expect(await touches(session)).toEqual(ALL_ONCE)
    expect(await backfillIn(url)).toMatchObject({
      name: '0001_touch',
      table: 'tickets',
      rowsDone: ROWS,
      batches: batches.length,
      finishedAt: expect.any(Date),
    })
    expect(await run(url, directory)).toMatchObject({ result: { ok: true, applied: [] } })
  })

  test('that is killed again and again repeats no row and leaves none out', async () => {
    const { url, session } = await throwAwayDatabase()
    // A tenth of a millisecond and more for a row, and small batches again after each kill: enough to be killed in.
    const slow = TOUCH.replace('touched + 1', 'touched + 1, note = md5(repeat(note, 8000))')
    const folder = await migrationsFolder({ ...FILES, '0001_touch': slow })
    let done = 0
    for (let kills = 0; kills < 4; kills++) {
      const migrator = startMigrator(url, folder.directory)
      await migrator.line(/^backfilling:/)
      // Its line is printed after a batch, and the next is begun at once.
      await migrator.kill('SIGKILL')
      const state = await backfillIn(url)
      expect(state?.rowsDone).toBeGreaterThan(done)
      done = state?.rowsDone ?? 0
      await session.query('update brigade_migrations.backfills set batch_size = 300')
    }
    expect(done).toBeLessThan(ROWS)

    const printed = await startMigrator(url, folder.directory).ended()

    expect(printed.at(-1)).toBe('ok')
    expect(await touches(session)).toEqual(ALL_ONCE)
    expect(await backfillIn(url)).toMatchObject({ rowsDone: ROWS })
  }, 180_000)

  test('that is killed within a batch does that batch again, whole', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(FILES)
    const holder = await openTestSession(url)
    const migrator = startMigrator(url, directory)
    await migrator.line(/^applied:/)
    // The last row in key order is held, so the batch that comes to it waits with all of its other rows written.
    await holder.query('begin')
    await holder.query('select from tickets order by restaurant_id desc, id desc limit 1 for update')
    await migrator.line(/^retrying:/)
    await migrator.kill('SIGKILL')
    const before = await backfillIn(url)
    await vi.waitFor(
      async () =>
        expect(
          await session.query(
            `select from pg_stat_activity where application_name ^@ 'brigade migrate' and datname = current_database()`,
          ),
        ).toEqual([]),
      10_000,
    )

    expect(before?.rowsDone).toBeLessThan(ROWS)
    expect(await session.query('select count(*)::int as n from tickets where touched = 1')).toEqual([
      { n: before?.rowsDone },
    ])
    await holder.query('commit')
    expect((await startMigrator(url, directory).ended()).at(-1)).toBe('ok')
    expect(await touches(session)).toEqual(ALL_ONCE)
  })

  test('that fails keeps what it did, and says where; mended, it is refused, since it had begun', async () => {
    const { url, session } = await throwAwayDatabase()
    const broken = TOUCH.replace('touched + 1', 'touched + 1 / (id - 6000)::int')
    const folder = await migrationsFolder({ ...FILES, '0001_touch': broken })

    const { result } = await run(url, folder.directory)
    expect(result).toMatchObject({ ok: false, reason: 'failed', applied: [{ name: '0000_tickets' }] })
    expect(!result.ok && result.message).toBe('Migration 0001_touch failed: division by zero.')
    const state = await backfillIn(url)
    expect(state).toMatchObject({ finishedAt: null })

    await folder.write(FILES)
    const again = await run(url, folder.directory)
    expect(again.result).toMatchObject({ ok: false, reason: 'edited', applied: [] })
    expect(await session.query('select name from brigade_migrations.ledger')).toEqual([
      { name: '0000_tickets' },
    ])
  })

  test('by what is no key of the table is refused before it begins', async () => {
    const { url } = await throwAwayDatabase()
    const folder = await migrationsFolder(FILES)
    for (const key of ['id', 'id, restaurant_id', 'note', 'nothing']) {
      const keys = key.split(', ')
      const where = keys.length === 1 ? `${key} between $1 and $2` : `(${key}) between ($1, $2) and ($3, $4)`
      await folder.write({
        ...FILES,
        '0001_touch': `-- backfill: tickets ${key}\n-- phase: migrate\nupdate tickets set touched = 1 where ${where};`,
      })
      const { result } = await run(url, folder.directory)
      expect(!result.ok && result.message).toContain(`by ${key}, which is no key of it`)
    }
  })
})

describe('a backfill makes way', () => {
  test('for who paused it, and goes on when it is resumed', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(FILES)
    const asides: string[] = []

    const { result } = await run(url, directory, (progress) => {
      if (progress.kind === 'backfilling' && asides.length === 0)
        return withDb(url, (db) => pauseBackfills(db, scope, { name: '0001_touch', by: 'Mia' }))
      if (progress.kind !== 'aside') return
      asides.push(progress.reason)
      return withDb(url, async (db) => {
        expect(await listBackfills(db, scope)).toMatchObject([
          { pausedBy: 'Mia', rowsDone: expect.any(Number) },
        ])
        expect((await resumeBackfills(db, scope, { name: null })).names).toEqual(['0001_touch'])
      })
    })

    expect(result).toMatchObject({ ok: true })
    expect(asides).toEqual(['paused by Mia, until `npm run db:backfill -- resume`'])
    expect(await touches(session)).toEqual(ALL_ONCE)
    expect((await withDb(url, (db) => pauseBackfills(db, scope, { name: null, by: 'Mia' }))).names).toEqual(
      [],
    )
  })

  test('for a vacuum of its table', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(FILES)
    const vacuum = await openTestSession(url)
    let vacuuming: Promise<unknown> | undefined
    const asides: string[] = []

    const { result } = await run(url, directory, async (progress) => {
      if (progress.kind === 'backfilling' && !vacuuming) {
        // So slow that only being cancelled ends it.
        await vacuum.query('set vacuum_cost_limit = 1; set vacuum_cost_delay = 100')
        vacuuming = vacuum.query('vacuum tickets').catch((error) => error.code)
        await vi.waitFor(
          async () =>
            expect(
              await session.query(
                `select from pg_stat_progress_vacuum where datname = current_database() and relid = 'tickets'::regclass`,
              ),
            ).toHaveLength(1),
          10_000,
        )
      }
      if (progress.kind === 'aside') {
        asides.push(progress.reason)
        expect(await backfillIn(url)).toMatchObject({ finishedAt: null })
        await session.query(
          `select pg_cancel_backend(pid) from pg_stat_progress_vacuum where relid = 'tickets'::regclass`,
        )
      }
    })

    expect(result).toMatchObject({ ok: true })
    expect(asides).toEqual(['maintenance works on tickets'])
    expect(await vacuuming).toBe('57014')
    expect(await touches(session)).toEqual(ALL_ONCE)
  })

  test('for requests that wait for connections, until it has been quiet for a while', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(FILES)
    const say = (waitMs: number) => {
      const notice = { process: 'web:1', waitMs, waiting: 3, refused: 0 }
      return session.query('select pg_notify($1, $2)', [GATE_CHANNEL, JSON.stringify(notice)])
    }
    const seen: string[] = []
    let said = false

    const { result } = await run(url, directory, async (progress) => {
      if (progress.kind === 'aside') seen.push(progress.reason)
      if (progress.kind !== 'backfilling' || said) return
      said = true
      await say(3)
      await session.query('notify brigade_gate')
      await say(45)
    })

    expect(result).toMatchObject({ ok: true })
    expect(seen).toEqual(['requests wait for connections'])
    expect(await touches(session)).toEqual(ALL_ONCE)
  })
})

test('a batch is aimed at 200 ms, and no single one changes the size by more than two', () => {
  expect(nextBatchSize(500, 200)).toBe(500)
  expect(nextBatchSize(500, 160)).toBe(625)
  expect(nextBatchSize(500, 1)).toBe(1000)
  expect(nextBatchSize(500, 0)).toBe(1000)
  expect(nextBatchSize(500, 60_000)).toBe(250)
  expect(nextBatchSize(10, 60_000)).toBe(10)
  expect(nextBatchSize(50_000, 1)).toBe(50_000)
})

describe('a backfill file', () => {
  const refusal = async (text: string) => {
    const { url } = await throwAwayDatabase()
    const { directory } = await migrationsFolder({ '0000_backfill': text })
    const result = await status(url, { directory })
    return result.ok ? 'accepted' : result.message
  }
  const statement = 'update tickets set touched = 1 where id between $1 and $2;'

  test.each([
    ['-- backfill: tickets id\n-- phase: migrate\n', statement, 'accepted'],
    ['-- backfill: tickets\n-- phase: migrate\n', statement, /must name a table and its key/],
    ['-- backfill: tickets id\n-- phase: expand\n', statement, /is of "-- phase: migrate"/],
    ['-- backfill: tickets id\n-- transactional\n-- phase: migrate\n', statement, /must say one of/],
    ['-- backfill: tickets id\n-- phase: migrate\n', `${statement} ${statement}`, /exactly one statement/],
    ['-- backfill: tickets id\n-- phase: migrate\n', 'select $1, $2;', /must be an UPDATE, INSERT or DELETE/],
    [
      '-- backfill: tickets id\n-- phase: migrate\n',
      `update tickets set note = '$1 and $2';`,
      /must say "id between \$1 and \$2"/,
    ],
    [
      '-- backfill: tickets restaurant_id, id\n-- phase: migrate\n',
      statement,
      /must say "\(restaurant_id, id\) between \(\$1, \$2\) and \(\$3, \$4\)"/,
    ],
  ])('%s%s', async (header, sql, expected) => {
    expect(await refusal(header + sql)).toMatch(expected)
  })
})
