import { sql } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Database, openDatabase, type Session } from '@/db/client'
import { genericPlan } from '@/db/generic-plan'
import { looker } from '@/db/look'
import { openTestSession, throwAwayDatabase } from '@/db/migrate/testing/throw-away-database'
import { systemScope } from '@/domain/scope'
import { listConnections } from './connections'
import { getDatabaseFigures } from './figures'
import { listUnindexedForeignKeys } from './foreign-keys'
import { listIndexFaults } from './indexes'
import { getNumberRoom } from './number-room'
import { findStatement, listSlowestStatements } from './statements'
import { listTables } from './tables'

const scope = systemScope()

async function opened(): Promise<{ url: string; session: Session; db: Database }> {
  const { url, session } = await throwAwayDatabase()
  const db = openDatabase(url, { max: 1 })
  onTestFinished(() => db.close())
  return { url, session, db }
}

/** What sessions counted is told to the others now and then only. */
const flushed = 'select pg_stat_force_next_flush()'

/** A role that owns nothing and may do nothing but connect, in a database where it asks. */
async function asStranger(session: Session, url: string): Promise<Database> {
  const role = `stranger_${new URL(url).pathname.slice(1)}`
  await session.query(`create role ${role} login password 'x'`)
  const own = new URL(url)
  own.username = role
  own.password = 'x'
  const db = openDatabase(own.href, { max: 1 })
  onTestFinished(async () => {
    await db.close()
    await session.query(`drop owned by ${role}; drop role ${role}`)
  })
  return db
}

describe('indexes to look at', () => {
  test('are the invalid one of a build that failed, the second of two alike, and the one that nobody asks', async () => {
    const { session, db } = await opened()
    await session.query(`
      create table dishes (id int primary key, name text, price int, course text);
      insert into dishes select n, 'dish', n, 'main' from generate_series(1, 2000) n;
      create index dishes_price on dishes (price);
      create index dishes_price_again on dishes (price);
      create index dishes_price_down on dishes (price desc);
      create index dishes_lower on dishes (lower(name));
      create index dishes_lower_again on dishes (lower(name));
      create index dishes_mains on dishes (name) where course = 'main';
      create unique index dishes_unique on dishes (price, id)`)
    await expect(
      session.query('create unique index concurrently dishes_name on dishes (name)'),
    ).rejects.toMatchObject({ code: '23505' })
    await session.query('set enable_seqscan = off; set enable_bitmapscan = off; analyze dishes')
    await session.query(
      'select id from dishes where price = 7; select id from dishes order by price desc limit 1',
    )
    await session.query(flushed)

    const all = async () => {
      const { faults, since } = await listIndexFaults(db, scope, { leastUnusedBytes: 0 })
      expect(since).toBeLessThanOrEqual(Date.now())
      return faults.map(({ name, fault, like }) => [name, fault, like])
    }
    expect(await all()).toEqual(
      expect.arrayContaining([
        ['dishes_name', 'invalid', null],
        ['dishes_lower_again', 'duplicate', 'dishes_lower'],
        ['dishes_price_again', 'duplicate', 'dishes_price'],
        ['dishes_mains', 'unused', null],
        ['dishes_lower', 'unused', null],
      ]),
    )
    // The server takes one of the two on price, and reads it backwards for the other order.
    const names = (await all()).map(([name]) => name)
    expect(names).not.toContain('dishes_unique')
    expect(names).not.toContain('dishes_pkey')
    await session.query('drop index dishes_name, dishes_price_again, dishes_lower_again')
    expect((await all()).every(([, fault]) => fault === 'unused')).toBe(true)
    const { faults } = await listIndexFaults(db, scope)
    expect(faults).toEqual([])
  })
})

test('foreign keys without an index are found, whatever else there is of indexes', async () => {
  const { session, db } = await opened()
  await session.query(`
    create table kitchens (id int primary key);
    create table menus (kitchen int, number int, primary key (kitchen, number));
    create table lines (
      id int primary key,
      indexed int constraint indexed references kitchens, partly int constraint partly references kitchens,
      second int constraint second references kitchens, none int constraint "none" references kitchens,
      kitchen int, menu int, constraint turned foreign key (kitchen, menu) references menus);
    create index on lines (indexed, id);
    create index on lines (partly) where partly is not null;
    create index on lines (id, second);
    create index on lines (none) where none > 7;
    create index on lines (menu, kitchen, id);
    insert into kitchens select generate_series(1, 50);
    insert into lines (id, none) select n, n from generate_series(1, 50) n;
    analyze lines`)
  expect(await listUnindexedForeignKeys(db, scope)).toEqual([
    { name: 'none', table: 'lines', columns: ['none'], refersTo: 'kitchens', rows: 50 },
    { name: 'second', table: 'lines', columns: ['second'], refersTo: 'kitchens', rows: 50 },
  ])
})

test('sequences are told with the room that is left, theirs or that of their column', async () => {
  const { url, session, db } = await opened()
  await session.query(`
    create table tickets (id int generated always as identity (sequence name tickets_id) primary key, call smallserial);
    create sequence own as bigint;
    create sequence wide as bigint;
    create table bills (id int default nextval('wide'));
    alter sequence wide owned by bills.id;
    create sequence unused;
    select setval('tickets_id', 2100000000), setval('tickets_call_seq', 16384), setval('own', 5), setval('wide', 1073741824)`)
  const { sequences, transactionAge, serverTransactionAge, groupAge, freezeAt, oldestTable } =
    await getNumberRoom(db, scope)
  expect(sequences.map(({ name, column, share }) => [name, column, Math.round(share * 100)])).toEqual([
    ['tickets_id', 'tickets.id', 98],
    ['tickets_call_seq', 'tickets.call', 50],
    ['wide', 'bills.id', 50],
    ['own', null, 0],
  ])
  expect(transactionAge).toBeGreaterThan(0)
  expect(serverTransactionAge).toBeGreaterThanOrEqual(transactionAge)
  expect(groupAge).toBeGreaterThanOrEqual(0)
  expect(freezeAt).toBeGreaterThan(1e6)
  expect(oldestTable).toEqual(expect.any(String))

  const stranger = await asStranger(session, url)
  expect((await getNumberRoom(stranger, scope)).sequences).toEqual([])
})

test('tables are told with their dead rows, how they were read, and what they gained', async () => {
  const { session, db } = await opened()
  await session.query(`
    create table orders (id int primary key, total int) with (autovacuum_enabled = off, autovacuum_vacuum_scale_factor = 0.01);
    insert into orders select n, n from generate_series(1, 5000) n`)
  await session.query('vacuum analyze orders')
  await session.query('delete from orders where id > 4000')
  await session.query('select sum(total) from orders')
  await session.query(flushed)
  const { since, tables } = await listTables(db, scope)
  expect(since).toBeLessThanOrEqual(Date.now())
  const [orders] = tables
  expect(orders).toMatchObject({
    name: 'orders',
    deadRows: 1000,
    vacuumAt: 50 + 0.01 * 5000,
    grownRows: 4000,
    scans: expect.any(Number),
  })
  expect(orders?.scans).toBeGreaterThan(0)
  expect(orders?.scannedRows).toBeGreaterThanOrEqual(4000)
  expect(orders?.bytes).toBeGreaterThan(orders?.indexBytes ?? Number.POSITIVE_INFINITY)
  expect(orders?.vacuumedAt).toBeGreaterThan(Date.now() - 600_000)
})

test('connections are told by what sessions call themselves, and hidden where the role may not look', async () => {
  const { url, session, db } = await opened()
  const busy = await openTestSession(url)
  await busy.query(`set application_name = 'forgotten'; begin; select 1`)
  const found = async (asked: Database) =>
    (await listConnections(asked, scope)).find(({ name }) => name === 'forgotten')
  expect(await found(db)).toEqual({
    name: 'forgotten',
    active: 0,
    idle: 0,
    idleInTransaction: 1,
    hidden: 0,
    total: 1,
  })
  const stranger = await asStranger(session, url)
  const groups = await listConnections(stranger, scope)
  expect(groups.reduce((sum, { hidden }) => sum + hidden, 0)).toBeGreaterThan(0)
})

test('the database is told in figures', async () => {
  const { db } = await opened()
  const { bytes, hitShare, deadlocks, since } = await getDatabaseFigures(db, scope)
  expect(bytes).toBeGreaterThan(1_000_000)
  expect(hitShare === null || (hitShare >= 0 && hitShare <= 1)).toBe(true)
  expect(deadlocks).toBe(0)
  expect(since).toBeGreaterThan(0)
})

describe('statements', () => {
  test('are not known without the extension', async () => {
    const { db } = await opened()
    expect(await listSlowestStatements(db, scope)).toEqual({ ok: false, reason: 'missing' })
    expect(await findStatement(db, scope, { id: '1' })).toBeNull()
  })

  test('are told with what they cost, whatever their values, and planned without any', async () => {
    const { url, session, db } = await opened()
    await session.query(`
      create schema elsewhere;
      create extension pg_stat_statements schema elsewhere;
      create table dishes (id int primary key, name text)`)
    for (const id of [1, 2, 3]) await session.query(`select name from dishes where id = ${id}`)
    const slowest = await listSlowestStatements(db, scope)
    if (!slowest.ok) throw new Error(slowest.reason)
    const asked = slowest.statements.find(({ text }) => text.startsWith('select name from dishes'))
    expect(asked).toMatchObject({ text: 'select name from dishes where id = $1', calls: 3, rowsPerCall: 0 })
    expect(slowest.totalMs).toBeGreaterThanOrEqual(asked?.totalMs ?? Number.POSITIVE_INFINITY)
    expect(slowest.since).toBeLessThanOrEqual(Date.now())
    expect(await findStatement(db, scope, { id: asked?.id ?? '' })).toMatchObject({ id: asked?.id, calls: 3 })
    expect(await findStatement(db, scope, { id: '17' })).toBeNull()

    const stranger = await asStranger(session, url)
    await session.query(
      `grant usage on schema elsewhere to public; grant select on all tables in schema elsewhere to public`,
    )
    const seen = await listSlowestStatements(stranger, scope)
    expect(seen).toMatchObject({ ok: true, hidden: expect.any(Number) })
    expect(seen.ok && seen.hidden).toBeGreaterThan(0)
    expect(seen.ok && seen.statements.some(({ text }) => text.includes('dishes'))).toBe(false)
  })
})

describe('a plan without values', () => {
  const planned = (db: Database, text: string) => looker(db)((tx) => genericPlan(tx, text))
  async function version(session: Session): Promise<number> {
    const [row] = await session.query<{ n: number }>(`select current_setting('server_version_num')::int as n`)
    return row?.n ?? 0
  }

  test('is that for any values, or a word on why there is none; nothing is run', async () => {
    const { session, db } = await opened()
    await session.query(
      'create table dishes (id int primary key, price int); insert into dishes values (1, 1)',
    )
    if ((await version(session)) < 160_000) {
      expect(await planned(db, 'select 1')).toEqual({ ok: true, value: { ok: false, reason: 'old_server' } })
      return
    }
    expect(await planned(db, 'select price from dishes where id = $1')).toMatchObject({
      value: { ok: true, plan: { indexes: ['dishes_pkey'], executionMs: null } },
    })
    expect(await planned(db, '-- deletes\ndelete from dishes where price < $1')).toMatchObject({
      value: { ok: true, plan: { scanned: ['dishes'] } },
    })
    expect(await session.query('select from dishes')).toHaveLength(1)
    expect(await planned(db, 'vacuum dishes')).toMatchObject({ value: { ok: false, reason: 'no_plan' } })
    expect(await planned(db, 'select price from dishes order by $1 nulls $2')).toMatchObject({
      value: { ok: false, reason: 'needs_values', words: expect.stringContaining('syntax error') },
    })
    const timed = 'select extract($1 from now() - interval $2) from dishes where id = $3'
    expect(await planned(db, timed)).toMatchObject({
      value: { ok: true, plan: { indexes: ['dishes_pkey'] } },
    })
    expect(await planned(db, 'select 1 from gone')).toMatchObject({ value: { reason: 'needs_values' } })
    expect(await planned(db, 'select 1; delete from dishes')).not.toMatchObject({ value: { ok: true } })
    expect(await session.query('select from dishes')).toHaveLength(1)
  })
})

describe('a look', () => {
  test('is given up where it takes long, waits for a lock, or may not; and the next one goes on', async () => {
    const { url, session, db } = await opened()
    await session.query('create table dishes (id int)')
    const look = looker(db, { eachMs: 300 })
    expect(await look((tx) => tx.execute(sql`select pg_sleep(30)`))).toEqual({ ok: false, reason: 'slow' })
    const holder = await openTestSession(url)
    await holder.query('begin; lock table dishes')
    expect(await look((tx) => tx.execute(sql`select from dishes`))).toEqual({ ok: false, reason: 'locked' })
    await holder.query('rollback')
    expect(await look((tx) => tx.execute(sql`select 1 as n`))).toMatchObject({ ok: true, value: [{ n: 1 }] })
    expect(await looker(db, { allMs: 0 })(() => Promise.reject(new Error('asked')))).toEqual({
      ok: false,
      reason: 'not_asked',
    })
    const stranger = await asStranger(session, url)
    expect(await looker(stranger)((tx) => tx.execute(sql`select from dishes`))).toEqual({
      ok: false,
      reason: 'forbidden',
    })
  })

  test('can change nothing', async () => {
    const { session, db } = await opened()
    await session.query('create table dishes (id int)')
    const said: unknown[] = []
    const { error } = console
    console.error = (...words: unknown[]) => void said.push(words)
    onTestFinished(() => {
      console.error = error
    })
    expect(await looker(db)((tx) => tx.execute(sql`insert into dishes values (1)`))).toEqual({
      ok: false,
      reason: 'failed',
    })
    expect(said).toHaveLength(1)
    expect(await session.query('select from dishes')).toEqual([])
  })
})
