import { readMigrationFiles } from 'drizzle-orm/migrator'
import { describe, expect, test } from 'vitest'
import { openDatabase, type Session } from '../client'
import { migrateBack } from './back'
import { requireServer } from './ledger'
import { MIGRATION_LOCK } from './migration-lock'
import { migrate, status } from './runner'
import { catalog } from './testing/catalog'
import { ALONE, migrationsFolder, TRANSACTIONAL } from './testing/migrations-folder'
import { openTestSession, throwAwayDatabase } from './testing/throw-away-database'

const TABLE = `${TRANSACTIONAL}create table dishes (id int primary key, name text);`
const COLUMN = `${TRANSACTIONAL}alter table dishes add column price int;
--> statement-breakpoint
insert into dishes values (1, 'Ribollita', 1200);`
const INDEX = `${ALONE}create index concurrently dishes_name on dishes (name);`
const THREE = { '0000_dishes': TABLE, '0001_price': COLUMN, '0002_name': INDEX }

const names = (rows: { name: string }[]) => rows.map(({ name }) => name)
const ledgerOf = async (session: Session) =>
  names(await session.query<{ name: string }>('select name from brigade_migrations.ledger order by name'))
const statesOf = async (url: string, directory: string) => {
  const result = await status(url, { directory })
  return result.ok ? result.files.map(({ name, state }) => [name, state]) : result
}

describe('an empty database', () => {
  test('gets every file in order, each recorded', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(THREE)
    const progress: string[] = []

    expect(await statesOf(url, directory)).toEqual(Object.keys(THREE).map((name) => [name, 'pending']))
    const result = await migrate(url, {
      directory,
      report: (event) => progress.push('file' in event ? `${event.kind} ${event.file}` : event.kind),
    })

    expect(result.ok && names(result.applied)).toEqual(Object.keys(THREE))
    expect(progress).toEqual(Object.keys(THREE).flatMap((name) => [`applying ${name}`, `applied ${name}`]))
    expect(await session.query('select * from dishes')).toEqual([{ id: 1, name: 'Ribollita', price: 1200 }])
    expect(await catalog(session)).toContain(
      'index CREATE INDEX dishes_name ON public.dishes USING btree (name)',
    )
    expect(await statesOf(url, directory)).toEqual(Object.keys(THREE).map((name) => [name, 'applied']))
  })

  test('stays empty when its first file fails, without even a ledger', async () => {
    const { url, session } = await throwAwayDatabase()
    const before = await catalog(session)
    const { directory } = await migrationsFolder({
      '0000_broken': `${TABLE}\n--> statement-breakpoint\nselect 1;\nalter table dishes add colum price int;`,
    })

    const result = await migrate(url, { directory })

    expect(result).toMatchObject({ ok: false, reason: 'failed', applied: [] })
    expect(!result.ok && result.message).toMatch(
      /^Migration 0000_broken failed in line 6 and left .*"int".*\.$/,
    )
    expect(await catalog(session)).toEqual(before)
  })
})

describe('a database that is up to date', () => {
  test('is only read, without waiting for another migrator', async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(THREE)
    await migrate(url, { directory })
    await session.query('select pg_advisory_lock($1::int, $2::int)', MIGRATION_LOCK)
    const { pathname } = new URL(url)
    await session.query(`alter database ${pathname.slice(1)} set default_transaction_read_only = on`)

    const pause = () => Promise.reject(new Error('It waited.'))
    expect(await migrate(url, { directory, pause })).toEqual({ ok: true, applied: [] })
  })

  test("leaves nothing to do for Drizzle's own migrator, whose ledger is as it would have written it", async () => {
    const { url, session } = await throwAwayDatabase()
    const { directory } = await migrationsFolder(THREE)
    await migrate(url, { directory })
    const drizzlesLedger = () =>
      session.query(
        'select hash, created_at::float8 as "folderMillis" from drizzle.__drizzle_migrations order by id',
      )
    const before = await drizzlesLedger()
    const config = { migrationsFolder: directory }
    const files = readMigrationFiles(config)
    expect(before).toEqual(files.map(({ hash, folderMillis }) => ({ hash, folderMillis })))

    const db = openDatabase(url)
    // What drizzle-orm/postgres-js/migrator does; its types keep these two members to themselves.
    const own = db as unknown as {
      dialect: { migrate(files: unknown, session: unknown, config: unknown): Promise<void> }
      session: unknown
    }
    await own.dialect.migrate(files, own.session, config)
    await db.close()

    expect(await drizzlesLedger()).toEqual(before)
  })
})

describe('a file that fails', () => {
  test('keeps those before it and nothing of itself, and goes through when mended', async () => {
    const { url, session } = await throwAwayDatabase()
    const folder = await migrationsFolder({ '0000_dishes': TABLE, '0001_price': `${COLUMN}\nselect 1/0;` })

    const result = await migrate(url, folder)

    expect(result).toMatchObject({ ok: false, reason: 'failed', applied: [{ name: '0000_dishes' }] })
    expect(await ledgerOf(session)).toEqual(['0000_dishes'])
    expect(await session.query('select * from dishes')).toEqual([])
    await folder.write(THREE)
    expect(await migrate(url, folder)).toMatchObject({ ok: true, applied: [{}, {}] })
  })

  test('only when it commits leaves nothing either', async () => {
    const { url, session } = await throwAwayDatabase()
    const before = await catalog(session)
    const { directory } = await migrationsFolder({
      '0000_deferred': `${TRANSACTIONAL}create table a (id int primary key);
        create table b (a_id int references a deferrable initially deferred);
        insert into b values (1);`,
    })

    const result = await migrate(url, { directory })

    expect(result).toMatchObject({ ok: false, reason: 'failed' })
    expect(!result.ok && result.message).toMatch(/0000_deferred failed and left the database as it was/)
    expect(await catalog(session)).toEqual(before)
  })
})

describe('a file is refused by name', () => {
  test('when it was edited after it had been applied', async () => {
    const { url } = await throwAwayDatabase()
    const folder = await migrationsFolder({ '0000_dishes': TABLE })
    await migrate(url, folder)
    await folder.write({ '0000_dishes': `${TABLE}\n-- a word`, '0001_price': COLUMN })

    const result = await migrate(url, folder)

    expect(result).toMatchObject({ ok: false, reason: 'edited', applied: [] })
    expect(!result.ok && result.message).toMatch(/0000_dishes was edited/)
    expect(await statesOf(url, folder.directory)).toEqual([
      ['0000_dishes', 'edited'],
      ['0001_price', 'pending'],
    ])
  })

  test('when it was merged late: pending, though one after it is applied', async () => {
    const { url } = await throwAwayDatabase()
    const { '0001_price': late, ...early } = THREE
    const folder = await migrationsFolder(early)
    await migrate(url, folder)
    await folder.write({ '0000_dishes': TABLE, '0001_price': late, '0002_name': INDEX })

    const result = await migrate(url, folder)

    expect(result).toMatchObject({ ok: false, reason: 'out_of_order', applied: [] })
    expect(!result.ok && result.message).toMatch(/0001_price comes before 0002_name/)
    expect(await statesOf(url, folder.directory)).toEqual([
      ['0000_dishes', 'applied'],
      ['0001_price', 'out_of_order'],
      ['0002_name', 'applied'],
    ])
  })

  test('when a newer release has taken something away', async () => {
    const { url } = await throwAwayDatabase()
    const folder = await migrationsFolder({
      ...THREE,
      '0003_away': '-- transactional\n-- phase: contract\nalter table dishes drop column name;',
    })
    await migrate(url, folder)
    await folder.write(THREE)

    const result = await migrate(url, folder)

    expect(result).toMatchObject({ ok: false, reason: 'missing', applied: [] })
    expect(!result.ok && result.message).toMatch(/0003_away.*newer release/)
    expect(await statesOf(url, folder.directory)).toContainEqual(['0003_away', 'missing'])
  })

  test('when another branch has migrated it', async () => {
    const { url } = await throwAwayDatabase()
    const folder = await migrationsFolder(THREE)
    await migrate(url, folder)
    await folder.write({ '0000_dishes': TABLE, '0001_note': `${TRANSACTIONAL}select 1;` })

    const result = await migrate(url, folder)

    expect(result).toMatchObject({ ok: false, reason: 'missing', applied: [] })
    expect(!result.ok && result.message).toMatch(/has migration 0001_price.* lacks 0001_note/)
  })
})

describe('a newer release that only added and moved data', () => {
  test('leaves the one before it able to start, which then has nothing to do and no way to go back', async () => {
    const { url, session } = await throwAwayDatabase()
    const fill =
      '-- backfill: dishes id\n-- phase: migrate\nupdate dishes set name = name where id between $1 and $2;'
    const folder = await migrationsFolder({ ...THREE, '0003_fill': fill })
    await migrate(url, folder)
    const before = await catalog(session)
    await folder.write({ '0000_dishes': TABLE, '0001_price': COLUMN })

    expect(await migrate(url, folder)).toEqual({ ok: true, applied: [] })

    expect(await statesOf(url, folder.directory)).toEqual([
      ['0000_dishes', 'applied'],
      ['0001_price', 'applied'],
      ['0002_name', 'newer'],
      ['0003_fill', 'newer'],
    ])
    const back = await migrateBack(url, '0000_dishes', folder)
    expect(back).toMatchObject({ ok: false, reason: 'no_way_back', applied: [] })
    expect(!back.ok && back.message).toMatch(/0002_name.*only the release that brought it/)
    expect(await catalog(session)).toEqual(before)
  })
})

describe('every file meets the same session', () => {
  const unlimited = ['statement_timeout', 'idle_in_transaction_session_timeout']
  const check = unlimited.map(
    (name) => `do $$ begin assert current_setting('${name}') = '0', '${name}'; end $$;`,
  )

  test('without the time limits of the database, and without what the file before it has set', async () => {
    const { url, session } = await throwAwayDatabase()
    const database = new URL(url).pathname.slice(1)
    for (const name of unlimited) await session.query(`alter database ${database} set ${name} = '5s'`)
    const { directory } = await migrationsFolder({
      '0000_settings': `${TRANSACTIONAL}${check.join('\n')}
        set statement_timeout = '1s'; set search_path = pg_catalog;`,
      '0001_settings': `${TRANSACTIONAL}${check.join('\n')} create table dishes (id int);`,
    })

    expect(await migrate(url, { directory })).toMatchObject({ ok: true, applied: [{}, {}] })
    expect(await session.query('select from public.dishes')).toEqual([])
  })
})

describe('a server', () => {
  test('that nobody runs is an unreachable one', async () => {
    expect(await migrate('postgres://nobody@127.0.0.1:1/none')).toMatchObject({
      ok: false,
      reason: 'unreachable',
      applied: [],
    })
    expect(await status('not an address')).toMatchObject({ ok: false, reason: 'unreachable' })
  })

  test('older than 15 is refused in one sentence', () => {
    expect(() => requireServer(140_022)).toThrow(
      'Brigade needs PostgreSQL 15 or newer, and this server is 14: upgrade it.',
    )
    expect(() => requireServer(150_000)).not.toThrow()
  })

  test('that goes away in the middle is a lost connection, and the next run goes on', async () => {
    const { url } = await throwAwayDatabase()
    const killer = await openTestSession(url)
    const folder = await migrationsFolder({
      '0000_dishes': TABLE,
      '0001_dies': `${TRANSACTIONAL}insert into dishes values (7); select pg_terminate_backend(pg_backend_pid());`,
    })

    expect(await migrate(url, folder)).toMatchObject({
      ok: false,
      reason: 'connection_lost',
      applied: [{ name: '0000_dishes' }],
    })
    expect(await killer.query('select * from dishes')).toEqual([])
    await folder.write(THREE)
    expect(await migrate(url, folder)).toMatchObject({ ok: true, applied: [{}, {}] })
  })
})
