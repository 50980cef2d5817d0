import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { migrate } from '../runner'
import { throwAwayDatabase } from '../testing/throw-away-database'
import { checkMigrations } from './check'
import { PERMANENT_TABLES } from './permanent-tables'

const GALLERY = join(import.meta.dirname, 'gallery')
const MIGRATIONS = join(import.meta.dirname, '../../migrations')
const FIRST = '9000_fixture'

type Fixture = { name: string; text: string }

async function fixtures(kind: 'dangerous' | 'safe'): Promise<Fixture[]> {
  const names = (await readdir(join(GALLERY, kind))).sort()
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(GALLERY, kind, name), 'utf8') })),
  )
}

/**
 * This repository's migrations with those of a fixture behind them: its parts are the next files, `-- next release`
 * says that those before it were released.
 */
async function folderWith({ text }: Fixture): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'brigade-gallery-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  await cp(MIGRATIONS, directory, { recursive: true })
  const journalPath = join(directory, 'meta/_journal.json')
  const releasesPath = join(directory, 'releases.json')
  const journal = JSON.parse(await readFile(journalPath, 'utf8'))
  const releases = JSON.parse(await readFile(releasesPath, 'utf8'))
  const last = journal.entries.at(-1)
  if (releases.at(-1).through !== last.tag) releases.push({ version: 'before', through: last.tag })
  for (const [at, part] of text.split(/^-- next file$/m).entries()) {
    const tag = `${9000 + at}_fixture`
    await writeFile(join(directory, `${tag}.sql`), part.trimStart())
    journal.entries.push({ ...last, idx: last.idx + 1 + at, when: last.when + 1 + at, tag })
    if (/^-- next release$/m.test(part)) releases.push({ version: tag, through: tag })
  }
  await writeFile(journalPath, JSON.stringify(journal))
  await writeFile(releasesPath, JSON.stringify(releases))
  return directory
}

/** Whether a real server takes the fixture, on this release's tables without rows. */
async function applies(directory: string) {
  const { url } = await throwAwayDatabase(inject('maintenanceUrl'), inject('templates').migrated)
  return migrate(url, { directory })
}

/** The runner or the server refuses these, so they can't be tried. */
const NEVER_RUN = ['one-statement-alone', 'needs-no-transaction', 'backfill-form']

const dangerous = await fixtures('dangerous')
const safe = await fixtures('safe')

describe('a dangerous migration', () => {
  test('is shown in at least 25 ways', () => {
    expect(dangerous.length).toBeGreaterThanOrEqual(25)
  })

  test.each(dangerous)('is caught by name: $name', async (fixture) => {
    const rule = /^-- found: (\S+)$/m.exec(fixture.text)?.[1] ?? 'no rule named'
    const directory = await folderWith(fixture)

    const { findings, excused } = await checkMigrations(directory, { from: FIRST })

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
    const { findings } = await checkMigrations(await folderWith({ name: 'late', text }), { from: FIRST })
    expect(findings).toMatchObject([{ file: FIRST, line: 6, rule: 'narrowed-column' }])
  })
})

describe('a safe migration', () => {
  test('is shown in at least 25 ways', () => {
    expect(safe.length).toBeGreaterThanOrEqual(25)
  })

  test.each(safe)('is let pass: $name', async (fixture) => {
    const directory = await folderWith(fixture)
    expect(await checkMigrations(directory, { from: FIRST })).toMatchObject({ findings: [], excused: [] })
    expect(await applies(directory)).toMatchObject({ ok: true })
  })
})

describe('an excuse', () => {
  const trigger = `-- transactional
-- phase: expand
-- excuse trigger-on-hot-table: dual writing until the next release, 3 µs a row
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
-- excuse lock-table: within a string this is none
BEGIN RETURN new; END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();`

  test('with a reason lets its rule pass in its file, and is told', async () => {
    const directory = await folderWith({ name: 'excused', text: trigger })
    expect(await checkMigrations(directory, { from: FIRST })).toMatchObject({
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
    const { findings } = await checkMigrations(await folderWith({ name: 'bare', text }), { from: FIRST })
    expect(findings).toMatchObject([{ rule: 'trigger-on-hot-table', line: 7 }])
  })

  test('that nothing needs is found', async () => {
    const text = '-- transactional\n-- phase: expand\n-- excuse lock-table: just in case\nSELECT 1;'
    const { findings } = await checkMigrations(await folderWith({ name: 'needless', text }), { from: FIRST })
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
