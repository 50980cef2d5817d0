import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Session } from '../client'
import { readMigrations } from './files'
import { MIGRATION_LOCK } from './migration-lock'
import { migrate } from './runner'
import { catalog } from './testing/catalog'
import { MIGRATIONS, migrationsThrough } from './testing/migrations-folder'
import { startMigrator } from './testing/migrator-process'
import { throwAwayDatabase } from './testing/throw-away-database'

// An empty database and that of the release before come to their end in repository-files.test.ts.

/** A database that was migrated as far as one of this repository's files. */
async function migratedThrough(name: string) {
  const database = await throwAwayDatabase()
  expect(await migrate(database.url, { directory: await migrationsThrough(name) })).toMatchObject({
    ok: true,
  })
  return database
}

async function newest(): Promise<string[]> {
  const { url, session } = await throwAwayDatabase()
  expect(await migrate(url)).toMatchObject({ ok: true })
  return catalog(session)
}

const isValid = async (session: Session, index: string) =>
  (
    await session.query(`select indisvalid as valid from pg_index where indexrelid = $1::regclass`, [index])
  )[0]

describe("with this repository's migrations", () => {
  test('a database with an invalid index, left by a build that was broken off, comes to where an empty one comes', async () => {
    const { url, session } = await migratedThrough('0004_recipe_search')
    await session.query('create index recipes_prep on recipes (prep_time)')
    await session.query(`update pg_index set indisvalid = false where indexrelid = 'recipes_prep'::regclass`)

    expect(await migrate(url)).toMatchObject({ ok: true })

    expect(await isValid(session, 'recipes_prep')).toEqual({ valid: true })
    expect(await catalog(session)).toEqual(await newest())
  })

  test('a database with an edited file is left alone, with one sentence that says what to do', async () => {
    const { url, session } = await migratedThrough('0033_api_rates')
    await session.query(
      `update brigade_migrations.ledger set sha256 = 'another' where name = '0005_recipes_prep'`,
    )
    const before = await catalog(session)

    const result = await migrate(url)

    expect(result).toMatchObject({ ok: false, reason: 'edited', applied: [] })
    expect(!result.ok && result.message).toMatch(
      /^Migration 0005_recipes_prep was edited [^.]+ put it back [^.]+\.$/,
    )
    expect(await catalog(session)).toEqual(before)
  })

  test('a database with a half-done backfill comes to its end, without a row left out', async () => {
    const { url, session } = await migratedThrough('0055_recipes_title_added')
    await session.query(`insert into chefs (name, experience_years) values ('Ada', 9)`)
    await session.query(
      `insert into recipes (name, cuisine, difficulty, prep_time, chef_id)
       select 'Dish ' || n, 'Thai', 1, 5, 1 from generate_series(1, 3000) as n`,
    )
    const directory = await migrationsThrough('0062_recipes_search_twin')
    const filled = async () => {
      const [row] = await session.query<{ n: number }>('select count(title)::int as n from recipes')
      return row?.n ?? 0
    }
    const stop = new AbortController()

    const stopped = await migrate(url, {
      directory,
      signal: stop.signal,
      report: ({ kind }) => kind === 'backfilling' && stop.abort(),
    })
    expect(stopped).toMatchObject({ ok: false, reason: 'stopped' })
    expect(!stopped.ok && stopped.message).toMatch(/^Stopped [^.]+\.$/)
    const halfway = await filled()
    expect(halfway).toBeGreaterThan(0)
    expect(halfway).toBeLessThan(3000)

    expect(await migrate(url, { directory })).toMatchObject({ ok: true })

    expect(await filled()).toBe(3000)
    const wrong = `select from recipes where title <> name or title_stems <> to_tsvector('recipe_words', name)`
    expect(await session.query(wrong)).toEqual([])
  })
})

describe("several migrators with this repository's migrations", () => {
  test('started at once are two processes, of which the second waits and then finds nothing to do', async () => {
    const { url, session } = await throwAwayDatabase()
    const files = await readMigrations(MIGRATIONS)
    await session.query('select pg_advisory_lock($1::int, $2::int)', MIGRATION_LOCK)
    const both = [startMigrator(url, MIGRATIONS), startMigrator(url, MIGRATIONS)]
    for (const migrator of both) await migrator.line(/^waiting: /)

    await session.query('select pg_advisory_unlock($1::int, $2::int)', MIGRATION_LOCK)

    const printed = await Promise.all(both.map((migrator) => migrator.ended()))
    expect(printed.map((lines) => lines.at(-1))).toEqual(['ok', 'ok'])
    const applied = printed.map((lines) => lines.filter((line) => line.startsWith('applied: ')).length)
    expect(applied.toSorted((a, b) => a - b)).toEqual([0, files.length])
  })

  test('ten at once apply each file once, and none runs into a deadlock', async () => {
    const { url, session } = await throwAwayDatabase()
    const files = await readMigrations(MIGRATIONS)

    const results = await Promise.all(
      Array.from({ length: 10 }, () => migrate(url, { pause: () => setImmediate() })),
    )

    expect(results.filter(({ ok }) => !ok)).toEqual([])
    expect(results.flatMap(({ applied }) => applied.map(({ name }) => name))).toEqual(
      files.map(({ name }) => name),
    )
    expect(await catalog(session)).toEqual(await newest())
  })
})
