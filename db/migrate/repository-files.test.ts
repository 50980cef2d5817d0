import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readMigrations } from './files'
import { migrate, status } from './runner'
import { catalog } from './testing/catalog'
import { MIGRATIONS, migrationsThrough } from './testing/migrations-folder'
import { openTestSession, throwAwayDatabase } from './testing/throw-away-database'

const ROOT = join(import.meta.dirname, '../..')

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'brigade-drizzle-kit-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

/** Runs drizzle-kit on this repository's schema; it reads tsconfig where it stands and takes only relative folders. */
async function generate(out: string): Promise<void> {
  const kit = join(ROOT, 'node_modules/drizzle-kit/bin.cjs')
  const options = ['--dialect=postgresql', '--schema=./db/schema/index.ts', `--out=${relative(ROOT, out)}`]
  await promisify(execFile)(process.execPath, [kit, 'generate', ...options], { cwd: ROOT })
}

/** Tables, columns, constraints and indexes; functions and triggers are none of Drizzle's. */
async function tables(url: string): Promise<string[]> {
  const lines = await catalog(await openTestSession(url))
  return lines.filter(
    (line) => /^(column|constraint|index) /.test(line) && !/brigade_migrations|drizzle/.test(line),
  )
}

describe("the release's own migrations", () => {
  test('bring an empty database up to date', async () => {
    const { url } = await throwAwayDatabase()
    const files = await readMigrations(MIGRATIONS)
    expect(files.length).toBeGreaterThan(0)

    const result = await migrate(url)

    expect(result).toMatchObject({ ok: true, applied: files.map(({ name }) => ({ name })) })
    const state = await status(url)
    expect(state.ok && state.files.every((file) => file.state === 'applied')).toBe(true)
  })

  test('bring the database of the release before to where an empty one comes', async () => {
    const files = await readMigrations(MIGRATIONS)
    const releases: { through: string }[] = JSON.parse(
      await readFile(join(MIGRATIONS, 'releases.json'), 'utf8'),
    )
    const through = releases.at(-1)?.through ?? ''
    const last = files.findIndex(({ name }) => name === through)
    const before = await migrationsThrough(through)
    const [old, empty] = [await throwAwayDatabase(), await throwAwayDatabase()]
    expect(await migrate(old.url, { directory: before })).toMatchObject({ ok: true })

    const result = await migrate(old.url)

    expect(result).toMatchObject({ ok: true, applied: files.slice(last + 1).map(({ name }) => ({ name })) })
    await migrate(empty.url)
    expect(await catalog(old.session)).toEqual(await catalog(empty.session))
  })

  test('say all that the schema says: drizzle-kit has nothing to generate', async () => {
    const out = await temporaryFolder()
    await cp(MIGRATIONS, out, { recursive: true })

    await generate(out)

    expect((await readdir(out)).sort()).toEqual((await readdir(MIGRATIONS)).sort())
  })

  test('make the tables that the schema describes, also where they were written by hand', async () => {
    const migrated = await throwAwayDatabase()
    await migrate(migrated.url)
    const described = await throwAwayDatabase()
    const out = await temporaryFolder()
    await generate(out)
    for (const name of ['0000_extensions', '0003_recipe_words', '0014_btree_gin', '0028_name_key'])
      await described.session.query(await readFile(join(MIGRATIONS, `${name}.sql`), 'utf8'))
    const [file] = (await readdir(out)).filter((name) => name.endsWith('.sql'))
    await described.session.query(await readFile(join(out, file ?? ''), 'utf8'))

    const expected = await tables(described.url)
    expect(expected.length).toBeGreaterThan(0)
    expect(await tables(migrated.url)).toEqual(expected)
  })
})
