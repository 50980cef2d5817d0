import { describe, expect, test, vi } from 'vitest'
import type { Session } from '../client'
import { migrate } from './runner'
import { catalog } from './testing/catalog'
import { ALONE, migrationsFolder } from './testing/migrations-folder'
import { openTestSession, throwAwayDatabase } from './testing/throw-away-database'

const BUILD =
  'create unique index concurrently dishes_name on public.dishes (lower(name)) where dishes.id > 0;'
const BUILT =
  'index CREATE UNIQUE INDEX dishes_name ON public.dishes USING btree (lower(name)) WHERE (id > 0)'

async function dishes(...names: string[]) {
  const { url, session } = await throwAwayDatabase()
  await session.query('create table dishes (id int generated always as identity, gone int, name text)')
  await session.query('alter table dishes drop column gone')
  await session.query('insert into dishes (name) select unnest($1::text[])', [names])
  return { url, session }
}

async function build(url: string, sql = BUILD) {
  const { directory } = await migrationsFolder({ '0000_index': ALONE + sql })
  const kinds: string[] = []
  const result = await migrate(url, { directory, report: ({ kind }) => kinds.push(kind) })
  return { result, kinds }
}

const indexes = async (session: Session) =>
  (await catalog(session)).filter((line) => line.startsWith('index') && line.includes('dishes'))
const records = (session: Session) => session.query('select name from brigade_migrations.ledger')

describe('an index that is built concurrently', () => {
  test('after an interrupted build of it replaces the invalid leftover', async () => {
    const { url, session } = await dishes('Ribollita', 'ribollita')
    await expect(session.query(BUILD)).rejects.toThrow(/could not create unique index/)
    expect(await indexes(session)).toEqual([`${BUILT} INVALID`])
    await session.query(`update dishes set name = 'Panzanella' where id = 1`)

    const { result, kinds } = await build(url)

    expect(result).toMatchObject({ ok: true, applied: [{ name: '0000_index' }] })
    expect(kinds).toEqual(['applying', 'dropping_invalid', 'applied'])
    expect(await indexes(session)).toEqual([BUILT])
  })

  test('and fails leaves no invalid index behind, and no record', async () => {
    const { url, session } = await dishes('Ribollita', 'ribollita')
    const before = await catalog(session)

    const { result } = await build(url)

    expect(result).toMatchObject({ ok: false, reason: 'failed', applied: [] })
    expect(!result.ok && result.message).toMatch(/0000_index failed in line 3: .*duplicated/)
    expect(await catalog(session)).toEqual(before)
  })

  test('and is there already just as wanted is only recorded: a run ended between build and record', async () => {
    const { url, session } = await dishes('Ribollita')
    await session.query(BUILD)
    const oid = () => session.query(`select 'dishes_name'::regclass::oid as oid`)
    const before = await oid()

    const { result, kinds } = await build(url)

    expect(result).toMatchObject({ ok: true, applied: [{ name: '0000_index' }] })
    expect(kinds).toEqual(['applying', 'already_built', 'applied'])
    expect(await oid()).toEqual(before)
    expect(await records(session)).toEqual([{ name: '0000_index' }])
  })

  test.each([
    ['of another column', 'create unique index dishes_name on dishes (id) where dishes.id > 0'],
    ['that is not unique', 'create index dishes_name on dishes (lower(name)) where dishes.id > 0'],
    ['with another predicate', 'create unique index dishes_name on dishes (lower(name)) where dishes.id > 1'],
    ['of another table', 'create table menus (id int); create index dishes_name on menus (id)'],
  ])('is not taken for one of the same name %s', async (_, other) => {
    const { url, session } = await dishes('Ribollita')
    await session.query(other)
    const before = await catalog(session)

    const { result } = await build(url)

    expect(result).toMatchObject({ ok: false, reason: 'failed' })
    expect(!result.ok && result.message).toMatch(/0000_index .*dishes_name/)
    expect(await catalog(session)).toEqual(before)
  })

  test('with IF NOT EXISTS is not skipped for an invalid leftover or another index', async () => {
    const { url, session } = await dishes('Ribollita', 'ribollita')
    await expect(session.query(BUILD)).rejects.toThrow()
    await session.query('delete from dishes where id = 1')
    const lenient = BUILD.replace('concurrently', 'concurrently if not exists')
    expect((await build(url, lenient)).result).toMatchObject({ ok: true })
    expect(await indexes(session)).toEqual([BUILT])

    await session.query('drop schema brigade_migrations cascade')
    expect((await build(url, lenient.replace('lower', 'upper'))).result).toMatchObject({ ok: false })
  })

  test('waits without a limit for transactions before it, and is cancelled on the server when told to stop', async () => {
    const { url, session } = await dishes('Ribollita')
    const writer = await openTestSession(url)
    await writer.query('begin')
    await writer.query(`insert into dishes (name) values ('Panzanella')`)
    const { directory } = await migrationsFolder({ '0000_index': ALONE + BUILD })
    const stop = new AbortController()
    const migrators = () =>
      session.query<{ wait: string | null }>(
        `select wait_event_type as wait from pg_stat_activity
         where application_name ^@ 'brigade migrate' and datname = current_database()`,
      )

    const running = migrate(url, { directory, signal: stop.signal })
    await vi.waitFor(async () => expect(await migrators()).toEqual([{ wait: 'Lock' }]), { timeout: 20_000 })
    stop.abort()

    expect(await running).toMatchObject({ ok: false, reason: 'stopped', applied: [] })
    await vi.waitFor(async () => expect(await migrators()).toEqual([]))
    expect(await indexes(session)).toEqual([`${BUILT} INVALID`])
    await writer.query('commit')
    expect((await build(url)).kinds).toEqual(['applying', 'dropping_invalid', 'applied'])
    expect(await indexes(session)).toEqual([BUILT])
  })
})

describe('another statement outside of a transaction', () => {
  test('is run and recorded, and a concurrent drop of what is gone already is done', async () => {
    const { url, session } = await dishes('Ribollita')
    await session.query(BUILD)
    const drop = 'drop index concurrently if exists dishes_name;'
    const { directory } = await migrationsFolder({
      '0000_drop': ALONE + drop,
      '0001_again': ALONE + drop,
      '0002_vacuum': `${ALONE}vacuum dishes;`,
    })

    expect(await migrate(url, { directory })).toMatchObject({ ok: true, applied: [{}, {}, {}] })
    expect(await indexes(session)).toEqual([])
    expect(await records(session)).toHaveLength(3)
  })
})
