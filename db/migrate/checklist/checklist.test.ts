import { describe, expect, test } from 'vitest'
import { testDatabase } from '@/db/testing/database'
import { migrate } from '../runner'
import { catalog } from '../testing/catalog'
import { releaseDatabase } from '../testing/gallery'
import { ALONE, migrationsBehind, TRANSACTIONAL } from '../testing/migrations-folder'
import { openTestSession, throwAwayDatabase } from '../testing/throw-away-database'
import { drawUpChecklist } from './checklist'
import { describeChecklist } from './describe'

const COLUMN = `${TRANSACTIONAL}ALTER TABLE orders ADD COLUMN guests smallint;`
const INDEX = `${ALONE}CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);`

const volume = testDatabase('volume')
const item = (checklist: Awaited<ReturnType<typeof drawUpChecklist>>, id: string) =>
  checklist.items.find((each) => each.id === id)

describe('the checklist before a migration', () => {
  test('says what runs, its locks, the sizes of the tables and the way back, and changes nothing', async () => {
    const { url } = volume
    const session = await openTestSession(url)
    const directory = await migrationsBehind({
      '9000_column': COLUMN,
      '9001_index': INDEX,
      '9002_type': `${TRANSACTIONAL}ALTER TABLE stock_movements ALTER COLUMN note TYPE varchar(100);`,
    })
    const before = await catalog(session)

    const checklist = await drawUpChecklist(url, { directory })

    expect(await catalog(session)).toEqual(before)
    const [column, index, type] = checklist.files.map(({ steps }) => steps[0])
    expect(checklist.files).toMatchObject([
      { name: '9000_column', phase: 'expand', mode: 'transaction' },
      { name: '9001_index', mode: 'alone' },
      { name: '9002_type', mode: 'transaction' },
    ])
    expect(column).toMatchObject({
      line: 3,
      locks: [{ table: 'orders', lock: 'ACCESS EXCLUSIVE', readsWait: true, writesWait: true, work: 'none' }],
      reverse: 'ALTER TABLE "orders" DROP COLUMN "guests"',
      estimate: { seconds: 0 },
    })
    expect(index?.locks).toMatchObject([{ lock: 'SHARE UPDATE EXCLUSIVE', writesWait: false, work: 'index' }])
    expect(index?.estimate.restsOn).toMatch(/the same index on 20,000 rows of orders, times \d/)
    expect(type).toMatchObject({ reverse: null, locks: [{ work: 'rewrite' }] })
    expect(type?.estimate.restsOn).toMatch(
      /the same statement on [\d,]+ rows of stock_movements with its indexes/,
    )
    expect(type?.estimate.seconds).toBeGreaterThan(0)
    const [orders] = await session.query(
      `select reltuples::float8 as rows, pg_table_size(oid)::float8 as "tableBytes" from pg_class where relname = 'orders'`,
    )
    expect(checklist.tables[0]).toMatchObject({ table: 'orders', ...orders })
    expect(item(checklist, 'locks')).toMatchObject({
      state: 'attention',
      text: expect.stringMatching(/^9002_type line 3 keeps reads and writes of stock_movements waiting/),
    })
    expect(item(checklist, 'transactions')).toMatchObject({ state: 'ok' })
    expect(item(checklist, 'disk')).toMatchObject({
      state: 'ok',
      text: expect.stringMatching(/orders_customer \d/),
    })
    expect(describeChecklist(checklist)).toMatch(
      /9001_index \(expand, outside of a transaction\)\n {2}line 3: CREATE/,
    )

    expect(await migrate(url, { directory })).toMatchObject({ ok: true })
    const [built] = await session.query<{ bytes: number }>(
      `select pg_relation_size('orders_customer')::float8 as bytes`,
    )
    const ratio = (index?.estimate.bytes ?? 0) / (built?.bytes ?? 1)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })

  test('of a database that is up to date says that nothing is pending', async () => {
    const { url } = await releaseDatabase()
    expect(await drawUpChecklist(url)).toMatchObject({ ready: true, files: [], items: [{ id: 'files' }] })
  })

  test('of an empty database names no table that the files themselves make', async () => {
    const { url } = await throwAwayDatabase()
    const checklist = await drawUpChecklist(url)
    expect(checklist.tables).toEqual([])
    expect(checklist.files.length).toBeGreaterThan(30)
    expect(item(checklist, 'quiet')).toMatchObject({ state: 'unknown' })
  })

  test('stands statements that name an index, or no table at all', async () => {
    const { url } = await releaseDatabase()
    const directory = await migrationsBehind({
      '9000_index': `${ALONE}REINDEX INDEX CONCURRENTLY orders_number;`,
      '9001_table': `${TRANSACTIONAL}REINDEX TABLE orders;`,
      '9002_all': `${ALONE}VACUUM;`,
    })
    const { files, tables } = await drawUpChecklist(url, { directory })
    expect(files.map(({ steps }) => steps[0]?.locks[0]?.table)).toEqual(['orders', 'orders', 'every table'])
    expect(tables.map(({ table }) => table)).toEqual(['orders'])
  })

  test('says when there is no way back but the backup', async () => {
    const { url } = await releaseDatabase()
    const look = async (sql: string) => {
      const text = `-- transactional\n-- phase: contract\n-- expand: 0033_api_rates\n${sql}`
      return item(
        await drawUpChecklist(url, { directory: await migrationsBehind({ '9000_away': text }) }),
        'rollback',
      )
    }
    expect(await look('ALTER TABLE suppliers DROP COLUMN rating;')).toMatchObject({
      state: 'attention',
      text: expect.stringMatching(/^9000_away takes away a column: .* backup/),
    })
    expect(await look('DROP INDEX orders_on_wall;')).toMatchObject({ state: 'ok' })
  })

  test('refuses what the runner would refuse', async () => {
    const { url, session } = await releaseDatabase()
    await session.query(
      `insert into brigade_migrations.ledger values ('9999_future', 'x', 'contract', now(), 1)`,
    )
    await expect(drawUpChecklist(url)).rejects.toMatchObject({ name: 'Refused', reason: 'missing' })
  })

  test('shows who holds it up: transactions open for long, and invalid indexes that no file mends', async () => {
    const { url, session } = await releaseDatabase()
    const directory = await migrationsBehind({ '9000_index': INDEX })
    const worker = await openTestSession(url)
    await worker.query('begin')
    await worker.query('select from orders')
    for (const name of ['orders_customer', 'orders_left'])
      await session.query(`create index ${name} on orders (customer_id);
        update pg_index set indisvalid = false where indexrelid = '${name}'::regclass`)

    const checklist = await drawUpChecklist(url, { directory })

    expect(checklist.server.transactions).toMatchObject([
      { name: 'test', state: 'idle in transaction', query: 'select from orders' },
    ])
    expect(item(checklist, 'indexes')).toMatchObject({
      state: 'attention',
      text: expect.stringMatching(/^Invalid: orders_left of orders\./),
    })
  })

  test('records who confirmed what of these files, and asks anew for others', async () => {
    const { url } = await releaseDatabase()
    const directory = await migrationsBehind({ '9000_column': COLUMN })
    const asked = await drawUpChecklist(url, { directory })
    for (const id of ['tested', 'alarms', 'told'])
      expect(item(asked, id)).toMatchObject({ state: 'attention' })
    expect(asked.ready).toBe(false)

    const confirming = { by: 'Ada Rossi', questions: ['told', 'alarms', 'tested'] as const }
    await drawUpChecklist(url, { directory, confirming })
    const again = await drawUpChecklist(url, { directory, confirming: { ...confirming, by: 'Another' } })

    expect(item(again, 'told')).toMatchObject({
      state: 'ok',
      text: expect.stringMatching(/^Yes, said Ada Rossi at \d{4}-\d\d-\d\dT/),
    })
    expect(again).toMatchObject({ ready: true, confirmations: [{ by: 'Ada Rossi' }, {}, {}] })
    const other = await migrationsBehind({ '9000_column': COLUMN.replace('guests', 'covers') })
    expect(item(await drawUpChecklist(url, { directory: other }), 'told')).toMatchObject({
      state: 'attention',
    })
  })

  test('believes a copy that has run the files just as they are', async () => {
    const [{ url }, copy] = [await releaseDatabase(), await releaseDatabase()]
    const directory = await migrationsBehind({ '9000_column': COLUMN, '9001_index': INDEX })
    const look = async () => item(await drawUpChecklist(url, { directory, copyUrl: copy.url }), 'tested')
    expect(await look()).toMatchObject({
      state: 'attention',
      text: expect.stringContaining('9000_column, 9001_index'),
    })

    await migrate(copy.url, { directory })

    expect(await look()).toMatchObject({ state: 'ok', text: expect.stringMatching(/the slowest was 900/) })
    await copy.session.query(`update brigade_migrations.ledger set sha256 = 'x' where name = '9001_index'`)
    expect(await look()).toMatchObject({
      state: 'attention',
      text: expect.stringMatching(/not run 9001_index/),
    })
  })

  test("asks the operator's own command for the last backup", async () => {
    const { url } = await releaseDatabase()
    const directory = await migrationsBehind({ '9000_column': COLUMN })
    const look = async (backupCommand: string) =>
      item(await drawUpChecklist(url, { directory, backupCommand }), 'backup')
    expect(await look('echo starting; echo last night at 3')).toMatchObject({
      state: 'ok',
      text: 'last night at 3',
    })
    expect(await look('echo none since May; exit 3')).toMatchObject({
      state: 'attention',
      text: 'none since May',
    })
  })

  test("knows the chain's quiet hours from its own orders, in each restaurant's time zone", async () => {
    const { url, session } = await releaseDatabase()
    const directory = await migrationsBehind({ '9000_column': COLUMN })
    // Rome is two hours ahead of UTC in June; at 01:00 the business day is still that of the date before.
    await session.query(
      `with place as (
         insert into restaurants (name, slug, address, phone, opening_time, closing_time, time_zone)
         values ('Roma', 'roma', 'Via Appia 1', '1', '11:00', '23:00', 'Europe/Rome') returning id
       )
       insert into daily_kitchen_metrics (restaurant_id, business_date, orders_by_hour, prep_minutes_histogram)
       select id, date '2026-06-30' - day,
         array(select case hour when 12 then 100 when 1 then 40 else 0 end from generate_series(0, 23) as hour), '{}'
       from place, generate_series(1, 28) as day`,
    )
    const look = async (now: string) => {
      const { quiet, items } = await drawUpChecklist(url, { directory, now: new Date(now) })
      return { ...quiet, state: items.find(({ id }) => id === 'quiet')?.state }
    }

    expect(await look('2026-06-30T10:30:00Z')).toMatchObject({
      now: 100,
      busiest: 100,
      isQuiet: false,
      state: 'attention',
    })
    expect(await look('2026-06-30T23:30:00Z')).toMatchObject({ now: 40, isQuiet: false })
    expect(await look('2026-06-30T03:30:00Z')).toMatchObject({
      now: 0,
      isQuiet: true,
      state: 'ok',
      next: { from: new Date('2026-06-30T03:00:00Z'), orders: 0 },
    })
  })
})
