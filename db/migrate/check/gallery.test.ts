import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planFiles } from '../checklist/steps'
import { readMigrations } from '../files'
import { migrate } from '../runner'
import { catalog } from '../testing/catalog'
import { FIRST_FILE, folderWith, gallery, releaseDatabase } from '../testing/gallery'
import { MIGRATIONS } from '../testing/migrations-folder'
import { checkMigrations } from './check'
import { PERMANENT_TABLES } from './permanent-tables'

/** Whether a real server takes the fixture, on this release's tables without rows. */
async function applies(directory: string) {
  const { url } = await releaseDatabase()
  return migrate(url, { directory })
}

/** The runner or the server refuses these, so they can't be tried. */
const NEVER_RUN = ['one-statement-alone', 'needs-no-transaction', 'backfill-form']

const dangerous = await gallery('dangerous')
const safe = await gallery('safe')

describe('a dangerous migration', () => {
  test('is shown in at least 25 ways', () => {
    expect(dangerous.length).toBeGreaterThanOrEqual(25)
  })

  test.each(dangerous)('is caught by name: $name', async (fixture) => {
    const rule = /^-- found: (\S+)$/m.exec(fixture.text)?.[1] ?? 'no rule named'
    const directory = await folderWith(fixture.text)

    const { findings, excused } = await checkMigrations(directory, { from: FIRST_FILE })

    expect(findings.map((finding) => finding.rule)).toContain(rule)
    expect(excused).toEqual([])
    const finding = findings.find((each) => each.rule === rule)
    expect(finding?.file).toMatch(/^900\d_fixture$/)
    for (const words of [finding?.problem, finding?.locks, finding?.safe]) expect(words).toMatch(/\w.*\./s)
    if (!NEVER_RUN.includes(rule)) expect(await applies(directory)).toMatchObject({ ok: true })
  })

  test('is caught in the line that does it', async () => {
    const [fixture] = dangerous
    const text = `-- transactional\n-- phase: expand\n-- é\n\nSELECT 1;\n/* ; */ ${fixture?.text.split('\n').at(-2)}`
    const { findings } = await checkMigrations(await folderWith(text), { from: FIRST_FILE })
    expect(findings).toMatchObject([{ file: FIRST_FILE, line: 6, rule: 'narrowed-column' }])
  })
})

describe('a safe migration', () => {
  test('is shown in at least 25 ways', () => {
    expect(safe.length).toBeGreaterThanOrEqual(25)
  })

  test.each(safe)('is let pass, and led back by the steps that the plan gives: $name', async (fixture) => {
    const directory = await folderWith(fixture.text)
    expect(await checkMigrations(directory, { from: FIRST_FILE })).toMatchObject({
      findings: [],
      excused: [],
    })
    const { url, session } = await releaseDatabase()
    const before = await catalog(session)

    expect(await migrate(url, { directory })).toMatchObject({ ok: true })

    const reverses = await reversesOf(directory)
    for (const reverse of reverses.toReversed()) if (reverse) await session.query(reverse)
    // Where a step has none, something of it stays.
    if (!reverses.includes(null)) expect(await catalog(session)).toEqual(before)
  })

  test('has a way back in most cases', async () => {
    const all = await Promise.all(safe.map(async ({ text }) => reversesOf(await folderWith(text))))
    expect(all.filter((reverses) => !reverses.includes(null)).length).toBeGreaterThanOrEqual(12)
  })
})

/** Of the statements of a fixture, in order: the SQL that takes each back, or null. */
async function reversesOf(directory: string): Promise<(string | null)[]> {
  const migrations = await readMigrations(directory)
  const first = migrations.findIndex(({ name }) => name === FIRST_FILE)
  const pending = migrations.slice(first).map(({ name }) => name)
  const planned = await planFiles(migrations, new Set(pending))
  return planned.flatMap(({ steps }) => steps.map(({ reverse }) => reverse))
}

describe('an excuse', () => {
  const trigger = `-- transactional
-- phase: expand
-- excuse trigger-on-hot-table: dual writing until the next release, 3 µs a row
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
-- excuse lock-table: within a string this is none
BEGIN RETURN new; END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();`

  test('with a reason lets its rule pass in its file, and is told', async () => {
    const directory = await folderWith(trigger)
    expect(await checkMigrations(directory, { from: FIRST_FILE })).toMatchObject({
      findings: [],
      excused: [
        {
          finding: { rule: 'trigger-on-hot-table' },
          reason: 'dual writing until the next release, 3 µs a row',
        },
      ],
    })
  })

  test('without a reason is none', async () => {
    const text = trigger.replace(/(trigger-on-hot-table:).*/, '$1')
    const { findings } = await checkMigrations(await folderWith(text), { from: FIRST_FILE })
    expect(findings).toMatchObject([{ rule: 'trigger-on-hot-table', line: 7 }])
  })

  test('that nothing needs is found', async () => {
    const text = '-- transactional\n-- phase: expand\n-- excuse lock-table: just in case\nSELECT 1;'
    const { findings } = await checkMigrations(await folderWith(text), { from: FIRST_FILE })
    expect(findings).toMatchObject([{ rule: 'needless-excuse', line: 3 }])
  })
})

describe("the release's own migrations", () => {
  test('have nothing to mend', async () => {
    const { files, findings } = await checkMigrations(MIGRATIONS)
    expect(findings).toEqual([])
    expect(files).toBeGreaterThan(30)
  })
})

test('no row is deleted of a table whose foreign keys need no index', async () => {
  const root = join(import.meta.dirname, '../../..')
  const names = await readdir(join(root, 'db'), { recursive: true })
  const program = names.filter(
    (name) => /\.(ts|sql)$/.test(name) && !/\.test\.ts$|testing|seed|gallery/.test(name),
  )
  const tables = [...PERMANENT_TABLES].join('|')
  const deletes = new RegExp(
    `delete\\s+from\\s+(?:only\\s+)?"?(?:${tables})\\b|\\.delete\\((?:${tables})\\)`,
    'i',
  )
  const guilty = []
  for (const name of program)
    if (deletes.test(await readFile(join(root, 'db', name), 'utf8'))) guilty.push(name)
  expect(guilty).toEqual([])
  expect(deletes.test('DELETE FROM "users" where id = 1')).toBe(true)
})
