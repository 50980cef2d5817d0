import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Session } from '../client'
import { migrateBack, planBack } from './back'
import { readMigrations } from './files'
import { migrate } from './runner'
import { catalog } from './testing/catalog'
import {
  ALONE,
  MIGRATIONS,
  migrationsFolder,
  migrationsThrough,
  TRANSACTIONAL,
} from './testing/migrations-folder'
import { throwAwayDatabase } from './testing/throw-away-database'
import { readWaysBack } from './ways-back'

/** The last migration of the first release: no installation goes back behind it. */
const FIRST_RELEASE = '0033_api_rates'

const TABLE = `${TRANSACTIONAL}CREATE TABLE dishes (id int PRIMARY KEY, name text);
INSERT INTO dishes SELECT n, 'Dish ' || n FROM generate_series(1, 1000) n;`
const COLUMN = `${TRANSACTIONAL}ALTER TABLE dishes ADD COLUMN price int;`
const FILL = `-- backfill: dishes id\n-- phase: migrate\nUPDATE dishes SET price = 1 WHERE id BETWEEN $1 AND $2;`
const INDEX = `${ALONE}CREATE INDEX CONCURRENTLY dishes_price ON dishes (price);`
const AWAY = '-- transactional\n-- phase: contract\nALTER TABLE dishes DROP COLUMN name;'

async function folder(files: Record<string, string>, back: Record<string, string> = {}): Promise<string> {
  const { directory } = await migrationsFolder(files)
  await mkdir(join(directory, 'reverse'))
  for (const [name, text] of Object.entries(back))
    await writeFile(join(directory, 'reverse', `${name}.sql`), text)
  return directory
}

/** All but the runner's own, which the first backfill makes, and whether a constraint has been proved: it stays proved. */
async function tables(session: Session): Promise<string[]> {
  const lines = (await catalog(session)).filter((line) => !line.includes('brigade_migrations.backfills'))
  return lines.map((line) => line.replace(/ NOT VALID$/, ''))
}

describe("this repository's migrations", () => {
  test('each have a way back to the one before, and lead forward again to where they were', async () => {
    const all = await readMigrations(MIGRATIONS)
    const ways = await readWaysBack(MIGRATIONS, all)
    const later = all.slice(all.findIndex(({ name }) => name === FIRST_RELEASE) + 1)
    const final = later.filter(({ name }) => !ways.get(name))
    expect(final.filter(({ phase }) => phase !== 'contract').map(({ name }) => name)).toEqual([])

    // From the last file before each one that only a backup leads back from, and from the newest.
    const ends = [
      ...final.map(({ name }) => all[all.findIndex((each) => each.name === name) - 1]),
      all.at(-1),
    ]
    const states = new Map<string, string[]>()
    for (const end of ends) {
      if (!end || states.has(end.name)) continue
      const { url, session } = await throwAwayDatabase()
      const directory = await migrationsThrough(end.name)
      expect(await migrate(url, { directory })).toMatchObject({ ok: true })
      const newest = await tables(session)
      states.set(end.name, newest)
      for (let at = all.indexOf(end); ways.get(all[at]?.name ?? '') && later.includes(all[at] ?? end); at--) {
        const before = all[at - 1]?.name ?? ''
        expect(await migrateBack(url, before, { directory })).toMatchObject({ ok: true, applied: [{}] })
        states.set(before, await tables(session))
      }
      expect(await migrate(url, { directory })).toMatchObject({ ok: true })
      expect(await tables(session)).toEqual(newest)
    }

    const forward = await throwAwayDatabase()
    const directory = await folder({})
    for (const [at, { name, text }] of all.entries()) {
      await writeFile(join(directory, `${name}.sql`), text)
      const entries = all.slice(0, at + 1).map(({ name, when }) => ({ tag: name, when }))
      await writeFile(join(directory, 'meta/_journal.json'), JSON.stringify({ entries }))
      if (!states.has(name)) continue
      expect(await migrate(forward.url, { directory })).toMatchObject({ ok: true })
      expect([name, states.get(name)]).toEqual([name, await tables(forward.session)])
    }
    expect(later.filter(({ name }) => !states.has(name) && ways.get(name))).toEqual([])
    // Some hundred migrations forward and back.
  }, 240_000)
})

describe('going back', () => {
  const files = { '0000_dishes': TABLE, '0001_price': COLUMN, '0002_fill': FILL, '0003_index': INDEX }
  const back = { '0002_fill': '-- transactional\n-- Nothing: what it filled goes with the column.\n' }

  test('takes the files back last first, and they are pending again', async () => {
    const { url, session } = await throwAwayDatabase()
    const directory = await folder(files, back)
    await migrate(url, { directory })
    const [done] = await session.query('select rows_done::int as n from brigade_migrations.backfills')
    expect(done).toEqual({ n: 1000 })

    const steps = await planBack(url, '0000_dishes', { directory })
    const result = await migrateBack(url, '0000_dishes', { directory })

    expect(steps.map(({ parts }) => parts.map(({ sql }) => sql))).toEqual([
      ['DROP INDEX CONCURRENTLY IF EXISTS "dishes_price"'],
      [],
      ['ALTER TABLE "dishes" DROP COLUMN "price"'],
    ])
    expect(result).toMatchObject({
      ok: true,
      applied: [{ name: '0003_index' }, { name: '0002_fill' }, { name: '0001_price' }],
    })
    expect(await session.query('select * from dishes where id = 1')).toEqual([{ id: 1, name: 'Dish 1' }])
    expect(await migrate(url, { directory })).toMatchObject({ ok: true, applied: [{}, {}, {}] })
    expect(await session.query('select count(*)::int as n from dishes where price = 1')).toEqual([
      { n: 1000 },
    ])
  })

  test('forgets a backfill that was stopped halfway, so that it begins anew', async () => {
    const { url, session } = await throwAwayDatabase()
    const directory = await folder(files, back)
    const stop = new AbortController()
    const result = await migrate(url, {
      directory,
      signal: stop.signal,
      report: ({ kind }) => kind === 'backfilling' && stop.abort(),
    })
    expect(result).toMatchObject({ ok: false, reason: 'stopped' })

    expect(await migrateBack(url, '0000_dishes', { directory })).toMatchObject({ ok: true })
    await migrate(url, { directory })

    expect(await session.query('select count(*)::int as n from dishes where price = 1')).toEqual([
      { n: 1000 },
    ])
  })

  test('refuses before it changes anything where only a backup leads back', async () => {
    const { url, session } = await throwAwayDatabase()
    const directory = await folder(
      {
        ...files,
        '0004_away': AWAY,
        '0005_note': `${TRANSACTIONAL}ALTER TABLE dishes ADD COLUMN note text;`,
      },
      back,
    )
    await migrate(url, { directory })
    const before = await catalog(session)

    expect(await migrateBack(url, '0003_index', { directory })).toMatchObject({
      ok: false,
      reason: 'no_way_back',
      message: expect.stringContaining('0004_away'),
      applied: [],
    })

    expect(await catalog(session)).toEqual(before)
    expect(await migrateBack(url, '0099_none', { directory })).toMatchObject({ reason: 'no_way_back' })
  })

  test('keeps a file whole when its way back fails, and says in which line', async () => {
    const { url, session } = await throwAwayDatabase()
    const directory = await folder(files, {
      '0002_fill':
        '-- transactional\nALTER TABLE dishes DROP COLUMN name;\nALTER TABLE dishes DROP COLUMN nmae;\n',
    })
    await migrate(url, { directory })

    expect(await migrateBack(url, '0001_price', { directory })).toMatchObject({
      ok: false,
      reason: 'failed',
      message: expect.stringMatching(/^Migration 0002_fill failed in line 3/),
      applied: [{ name: '0003_index' }],
    })

    expect(await session.query('select name from dishes where id = 1')).toEqual([{ name: 'Dish 1' }])
  })

  test('refuses a way back that can not be run, or that belongs to nothing', async () => {
    const read = async (back: Record<string, string>) => {
      const directory = await folder(files, back)
      return readWaysBack(directory, await readMigrations(directory))
    }
    await expect(read({ '0009_gone': '-- transactional\nSELECT 1;' })).rejects.toThrow(
      /belongs to no migration/,
    )
    await expect(read({ '0001_price': 'SELECT 1;' })).rejects.toThrow(/in its first line/)
    await expect(read({ '0001_price': '-- not transactional\nSELECT 1; SELECT 2;' })).rejects.toThrow(
      /one statement/,
    )
  })
})
