import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemScope } from '@/domain/scope'
import { openSession } from '../client'
import { testDatabase } from '../testing/database'
import { type ImportFormat, type ImportOptions, importRecipes } from './recipes'
import { UnreadableFile } from './source-row'

const held = testDatabase()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brigade-import-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  await held.db.execute(sql`
    truncate recipes, chefs, ingredients, suppliers, recipe_imports, ingredient_frequencies, search_words, audit_log
    restart identity cascade`)
  for (const name of await readdir(folder)) await rm(join(folder, name))
})

const at = (name: string) => join(folder, name)

const importFile = (file: string, options: Partial<ImportOptions> = {}) =>
  importRecipes(held.db, systemScope(), {
    file,
    format: (file.endsWith('.csv') ? 'csv' : 'ndjson') satisfies ImportFormat,
    source: '',
    rejects: `${file}.rejects`,
    lockUrl: held.url,
    ...options,
  })

const recipe = (n: number, changes: object = {}) => ({
  id: n,
  title: `Recipe ${n}`,
  cuisine: 'Italian',
  prep_time: 10 + (n % 80),
  chef: `Chef ${n % 7}`,
  chef_experience: 5,
  ingredients: [
    { name: `Ingredient ${n % 11}`, quantity: 1 + (n % 5), unit: 'g' },
    { name: `Ingredient ${11 + (n % 3)}`, quantity: '0.5', unit: 'kg' },
  ],
  method: ['Stir.'],
  ...changes,
})
const recipes = (count: number) => Array.from({ length: count }, (_, n) => recipe(n + 1))

async function write(name: string, rows: readonly unknown[]): Promise<string> {
  await writeFile(
    at(name),
    rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
  )
  return at(name)
}

const rows = (query: string) => held.db.execute<Record<string, unknown>>(sql.raw(query))

/** Every row of the book with the transaction that wrote it. */
const bookVersions = () =>
  rows(`
    select 'recipes' as t, xmin::text, ctid::text, md5(r::text) as content from recipes r
    union all select 'lines', xmin::text, ctid::text, md5(l::text) from recipe_ingredients l
    union all select 'steps', xmin::text, ctid::text, md5(s::text) from recipe_steps s
    union all select 'chefs', xmin::text, ctid::text, md5(c::text) from chefs c
    union all select 'ingredients', xmin::text, ctid::text, md5(i::text) from ingredients i
    order by 1, 3`)

/** What is derived from the book and does not agree with it: nothing, ever. */
const disagreements = () =>
  rows(`
    select 'ingredient_ids' as what, r.id::text as which from recipes r
    where r.ingredient_ids is distinct from coalesce(
      (select array_agg(ingredient_id order by ingredient_id) from recipe_ingredients where recipe_id = r.id), '{}')
    union all
    select 'tallies', coalesce(t.prep_time, r.prep_time)::text
    from (select cuisine, difficulty, prep_time, sum(recipes) as n from recipe_tallies group by 1, 2, 3) t
    full join (select cuisine, difficulty, prep_time, count(*) as n from recipes group by 1, 2, 3) r
      using (cuisine, difficulty, prep_time)
    where coalesce(t.n, 0) <> coalesce(r.n, 0)
    union all
    select 'frequencies', i.id::text from ingredients i left join ingredient_frequencies f on f.ingredient_id = i.id
    where f.recipes is distinct from (select count(*) from recipe_ingredients l where l.ingredient_id = i.id)`)

const count = async (table: string) => (await rows(`select count(*)::int as n from ${table}`))[0]?.n

describe('an import of recipes', () => {
  test('takes the examples of the documentation, and knows them again in the other format', async () => {
    const first = await importFile('docs/examples/recipes.ndjson', { rejects: at('rejects') })
    expect(first).toMatchObject({ created: 20, rejected: 0, newChefs: 13, rejectsFile: null })
    expect(await disagreements()).toEqual([])
    const before = await bookVersions()

    const again = await importFile('docs/examples/recipes.csv', { rejects: at('rejects') })

    expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 20, rejected: 0, newIngredients: 0 })
    expect(await bookVersions()).toEqual(before)
    expect(await readdir(folder)).toEqual([])
  })

  test('changes no row when it is repeated, and only what a changed row says when one changed', async () => {
    await importFile(await write('a.ndjson', recipes(50)))
    const before = await bookVersions()

    expect(await importFile(at('a.ndjson'))).toMatchObject({ created: 0, updated: 0, unchanged: 50 })
    expect(await bookVersions()).toEqual(before)

    const changed = [...recipes(49), recipe(50, { title: 'Renamed', method: [] })]
    expect(await importFile(await write('a.ndjson', changed))).toMatchObject({
      created: 0,
      updated: 1,
      unchanged: 49,
    })
    const after = await bookVersions()
    const kept = new Set(before.map((row) => JSON.stringify(row)))
    const written = after.filter((row) => !kept.has(JSON.stringify(row)))
    expect(written.map(({ t }) => t)).toEqual(['lines', 'lines', 'recipes'])
    expect(await rows(`select title from recipes where title = 'Renamed'`)).toHaveLength(1)
    expect(await disagreements()).toEqual([])
  })

  test('writes what it refuses to a file, row, reason and all, which can be corrected and imported', async () => {
    const file = await write('mixed.ndjson', [
      `\ufeff${JSON.stringify(recipe(1))}`,
      '',
      JSON.stringify(recipe(2, { prep_time: 'soon' })).replace('"soon"', '1e400'),
      '{"title": broken',
      recipe(3, { ingredients: [{ name: 'Ingredient 1', quantity: 1, unit: 'pcs' }] }),
      recipe(1, { title: 'Other' }),
      recipe(4),
    ])
    const outcome = await importFile(file, { rejects: at('bad.ndjson') })

    expect(outcome).toMatchObject({
      created: 2,
      updated: 0,
      unchanged: 0,
      rejected: 4,
      rejectsFile: at('bad.ndjson'),
    })
    const lines = (await readFile(at('bad.ndjson'), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => line.slice(0, line.indexOf('"reason"') + 8))).toEqual([
      '{"row":3,"reason"',
      '{"row":4,"reason"',
      '{"row":5,"reason"',
      '{"row":6,"reason"',
    ])
    expect(lines[0]).toContain('"prep_time":1e400')
    expect(JSON.parse(lines[1] ?? '')).toEqual({
      row: 4,
      reason: 'the row is not JSON: write one object on one line, from { to }',
      line: '{"title": broken',
    })
    expect(JSON.parse(lines[2] ?? '').reason).toContain(`"Ingredient 1" in g, and pcs can't be converted`)
    expect(JSON.parse(lines[3] ?? '').reason).toContain('row 1 is the same recipe and says otherwise')

    const corrected = [
      lines[0]?.replace('1e400', '30'),
      lines[1],
      lines[2]?.replace('"pcs"', '"g"'),
      lines[3]?.replace('"id":1,', '"id":5,'),
    ]
    await writeFile(at('bad.ndjson'), corrected.join('\n'))
    const second = await importFile(at('bad.ndjson'), { rejects: at('worse.ndjson') })
    expect(second).toMatchObject({ created: 3, rejected: 1 })
    expect(JSON.parse(await readFile(at('worse.ndjson'), 'utf8'))).toMatchObject({
      row: 2,
      reason: expect.stringContaining('was not corrected'),
    })
  })

  test('reads CSV as spreadsheets write it, and writes its rejects as such', async () => {
    const csv = [
      '\ufefftitle,cuisine,prep_time,chef,chef_experience,ingredients,method,calories',
      '"Pasta ""al forno""",Italian,45,Ada,9,"80 g Pasta; boiled\r\n20 g Butter [milk]",,',
      ',,,,,,,',
      'Soup,French,soon,Ada,9,1 l Water,,',
      'Salad,French,10',
      '=1+1,French,10,Ada,9,"1 pcs Lettuce","Wash, then tear.",90',
    ].join('\r\n')
    await writeFile(at('book.csv'), csv)

    const outcome = await importFile(at('book.csv'), { rejects: at('book.rejects.csv') })

    expect(outcome).toMatchObject({ created: 2, rejected: 2 })
    expect(await rows('select title, calories from recipes order by id')).toEqual([
      { title: 'Pasta "al forno"', calories: null },
      { title: '=1+1', calories: 90 },
    ])
    expect(await readFile(at('book.rejects.csv'), 'utf8')).toBe(
      [
        'row,reason,title,cuisine,prep_time,chef,chef_experience,ingredients,method,calories',
        '4,prep_time must be a whole number of minutes from 0 to 10080,Soup,French,soon,Ada,9,1 l Water,,',
        '5,"the row has 3 cells, and the header names 8",Salad,French,10',
        '',
      ].join('\n'),
    )
    await writeFile(
      at('book.rejects.csv'),
      (await readFile(at('book.rejects.csv'), 'utf8')).replace('soon', '40'),
    )
    expect(await importFile(at('book.rejects.csv'))).toMatchObject({ created: 1, rejected: 1 })
  })

  test('keeps what came before a place where the file breaks off, and says where that is', async () => {
    const header = 'title,cuisine,prep_time,chef,chef_experience,ingredients'
    await writeFile(
      at('open.csv'),
      `${header}\nSoup,French,5,Ada,9,1 l Water\n"Salad,French,5,Ada,9,1 g Rocket\n`,
    )
    await expect(importFile(at('open.csv'))).rejects.toThrow(
      new UnreadableFile('Row 3 opens a quote that is closed nowhere: close it and run the import again.'),
    )
    expect(await rows('select title from recipes')).toEqual([{ title: 'Soup' }])
    await writeFile(at('other.csv'), 'name;kitchen\na;b\n')
    await expect(importFile(at('other.csv'))).rejects.toThrow(/separated by commas; missing: title, cuisine/)
  })

  test('refuses a row that is too long for the memory, and goes on', async () => {
    const file = await write('long.ndjson', [
      recipe(1),
      recipe(2, { method: ['x'.repeat(3_000_000)] }),
      recipe(3),
    ])
    expect(await importFile(file)).toMatchObject({ created: 2, rejected: 1 })
    const reject = JSON.parse(await readFile(`${file}.rejects`, 'utf8'))
    expect(reject).toMatchObject({ row: 2, reason: expect.stringContaining('longer than 1048576 bytes') })
    expect(reject.line).toHaveLength(1000)
  })

  test('never writes over rejects that somebody may be correcting', async () => {
    const file = await write('a.ndjson', [recipe(1, { title: '' })])
    const rejects = at('bad.ndjson')
    expect((await importFile(file, { rejects })).rejectsFile).toBe(rejects)
    expect((await importFile(file, { rejects })).rejectsFile).toBe(rejects)
    await writeFile(rejects, 'corrected')
    expect((await importFile(file, { rejects })).rejectsFile).toBe(at('bad-2.ndjson'))
    expect(await readFile(rejects, 'utf8')).toBe('corrected')
  })

  test('leaves a trace of who brought what', async () => {
    await importFile(await write('a.ndjson', recipes(3)), { source: 'old book' })
    expect(await rows('select action, after from audit_log')).toEqual([
      {
        action: 'recipes.imported',
        after: expect.objectContaining({ file: 'a.ndjson', source: 'old book', created: 3 }),
      },
    ])
  })

  test('takes any rows at all: each is accounted for, none breaks the import', async () => {
    const letters = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '=cmd|x',
        'ﷺ'.repeat(200),
        '\u202eabc',
        'İ',
        'a'.repeat(5000),
        "'; --",
        '{}',
      ),
    )
    const any = fc.oneof(letters, fc.jsonValue({ maxDepth: 2 }))
    const mostly = (good: fc.Arbitrary<unknown>) =>
      fc.oneof({ arbitrary: good, weight: 20 }, { arbitrary: any, weight: 1 })
    const odd = ['Soup', 'SOUP ', 'ﷺ'.repeat(200), '=1+1', 'שום', 'İ', "Soup'; --", '😀1']
    const words = fc.oneof(
      { arbitrary: fc.constantFrom(...odd), weight: 4 },
      { arbitrary: letters.map((some) => `${some} a`), weight: 1 },
    )
    const line = fc.record({
      name: mostly(words),
      quantity: mostly(fc.integer({ min: 1, max: 9 })),
      unit: mostly(fc.constantFrom('g', 'kg')),
    })
    const row = fc.record({
      title: mostly(words),
      cuisine: mostly(words),
      prep_time: mostly(fc.nat(200)),
      chef: mostly(words),
      chef_experience: fc.nat(60),
      ingredients: mostly(fc.array(line, { minLength: 1, maxLength: 2 })),
      method: mostly(fc.array(words, { maxLength: 2 })),
    })
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: row, weight: 9 }, any), { maxLength: 40 }),
        async (values) => {
          const file = await write(
            'hostile.ndjson',
            values.map((value) => JSON.stringify(value)),
          )
          const first = await importFile(file, { batchSize: 7 })
          accepted += first.created + first.unchanged
          expect(first.created + first.updated + first.unchanged + first.rejected).toBe(values.length)
          const before = await bookVersions()
          const again = await importFile(file, { batchSize: 11 })
          expect(again).toMatchObject({ created: 0, updated: 0 })
          expect(again.rejected + again.unchanged).toBe(values.length)
          expect(await bookVersions()).toEqual(before)
        },
      ),
      { numRuns: 25 },
    )
    expect(await disagreements()).toEqual([])
    expect(accepted).toBeGreaterThan(10)
  })
})

describe('imports at the same time', () => {
  test('of the same file wait for one another, and the second finds nothing to do', async () => {
    const file = await write('a.ndjson', recipes(300))
    let waited = 0
    const options = { batchSize: 20, onWait: () => void waited++ }
    const [one, two] = await Promise.all([importFile(file, options), importFile(file, options)])
    expect([one.created, two.created].sort()).toEqual([0, 300])
    expect([one.unchanged, two.unchanged].sort()).toEqual([0, 300])
    expect(waited).toBe(1)
    expect(await count('recipes')).toBe(300)
  })

  test('of different files with the same recipes, chefs and ingredients make each once', async () => {
    const forward = await write('a.ndjson', recipes(300))
    const backward = await write('b.ndjson', recipes(300).reverse())
    const outcomes = await Promise.all([
      importFile(forward, { batchSize: 30 }),
      importFile(backward, { batchSize: 40 }),
    ])
    const total = (of: 'created' | 'newChefs' | 'newIngredients') =>
      outcomes.reduce((sum, outcome) => sum + outcome[of], 0)
    expect([total('created'), total('newChefs'), total('newIngredients')]).toEqual([300, 7, 14])
    expect([await count('recipes'), await count('chefs'), await count('ingredients')]).toEqual([300, 7, 14])
    expect(await disagreements()).toEqual([])
  })
})

describe('the command', () => {
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'bin/commands/db-import.ts', ...args], {
      env: { ...process.env, DATABASE_URL: held.url, DATABASE_DIRECT_URL: '', INIT_CWD: folder },
    })
    const exit = once(child, 'close')
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit])
    return { stdout, stderr, code }
  }

  test('finds the file from where it is called, and says what became of every row', async () => {
    await write('book.ndjson', [...recipes(40), recipe(41, { title: '' })])
    const { stdout, stderr, code } = await run('recipes', 'book.ndjson')
    expect(stdout).toContain('41 recipes: 40 new, 0 updated, 0 as they were, 1 rejected.')
    expect(stdout).toContain('New ingredients: 14.')
    expect(stdout).toContain(at('book.rejects.ndjson'))
    expect(stderr).toMatch(/^100 % {2}41 rows, 1 rejected, [\d,]+ a minute\n$/)
    expect(code).toBe(0)
  })

  test('refuses in one sentence what it can not import', async () => {
    await write('book.txt', [recipe(1)])
    await write('broken.csv', ['a,b'])
    for (const [args, sentence] of [
      [[], /^Usage: npm run db:import -- recipes FILE/],
      [['recipes', 'none.csv'], /^There is no file .*none\.csv\.\n$/],
      [['recipes', 'book.txt'], /neither in \.ndjson nor in \.csv/],
      [['recipes', 'broken.csv'], /broken\.csv can't be imported to its end\. Its first line must name/],
    ] as const) {
      expect(await run(...args)).toMatchObject({
        stdout: '',
        stderr: expect.stringMatching(sentence),
        code: 1,
      })
    }
  })
})

describe('an import that is killed', () => {
  const importInChild = (file: string): ChildProcess =>
    spawn(
      process.execPath,
      ['--import', 'tsx', 'bin/commands/db-import.ts', 'recipes', file, '--rejects', at('killed.rejects')],
      { env: { ...process.env, DATABASE_URL: held.url, DATABASE_DIRECT_URL: '' }, stdio: 'ignore' },
    )
  const lastRow = async () => (await rows('select last_row as n from recipe_imports'))[0]?.n ?? 0

  /** A batch that adds a name waits for whoever holds this: the import stands still in the middle of its third one. */
  async function killInThirdBatch(file: string): Promise<void> {
    const gate = await openSession(held.url)
    await gate.query(`select pg_advisory_lock(hashtext('brigade recipe names'))`)
    const child = importInChild(file)
    const gone = once(child, 'exit')
    await expect.poll(lastRow, { timeout: 30_000 }).toBe(2000)
    await expect
      .poll(() => gate.query(`select from pg_stat_activity where wait_event = 'advisory'`), {
        timeout: 10_000,
      })
      .toHaveLength(1)
    child.kill('SIGKILL')
    await gone
    await gate.close()
  }

  test('goes on where it was, does nothing twice, and accounts for every row', async () => {
    await importFile(await write('names.ndjson', recipes(100)), { source: 'names' })
    const content = recipes(3500).map((each) => (each.id % 500 === 7 ? { ...each, prep_time: -1 } : each))
    content[2100] = recipe(2101, { chef: 'A new chef' })
    const file = await write('killed.ndjson', content)
    await rows('delete from recipe_imports')

    await killInThirdBatch(file)
    expect(await count('recipes')).toBe(100 + 2000 - 4)
    const before = await rows('select id, xmin::text from recipes order by id')
    const outcome = await importFile(file, { rejects: at('killed.rejects') })

    expect(outcome).toMatchObject({
      resumedAfter: 2000,
      created: 3493,
      updated: 0,
      unchanged: 0,
      rejected: 7,
      newChefs: 1,
    })
    expect(await rows(`select id, xmin::text from recipes order by id limit ${before.length}`)).toEqual(
      before,
    )
    const rejects = (await readFile(at('killed.rejects'), 'utf8')).trimEnd().split('\n')
    expect(rejects.map((line) => JSON.parse(line).row)).toEqual([7, 507, 1007, 1507, 2007, 2507, 3007])
    expect(await readdir(folder)).not.toContain('killed.rejects.part')
    expect(await disagreements()).toEqual([])
  })

  test('begins again, and still changes nothing twice, when its rejects are gone', async () => {
    await importFile(await write('names.ndjson', recipes(100)), { source: 'names' })
    const content = recipes(3000)
    content[4] = recipe(5, { prep_time: -1 })
    content[2100] = recipe(2101, { chef: 'A new chef' })
    const file = await write('killed.ndjson', content)
    await rows('delete from recipe_imports')

    await killInThirdBatch(file)
    await rm(at('killed.rejects.part'))

    expect(await importFile(file, { rejects: at('killed.rejects') })).toMatchObject({
      resumedAfter: 0,
      created: 1000,
      unchanged: 1999,
      rejected: 1,
    })
    expect(JSON.parse(await readFile(at('killed.rejects'), 'utf8')).row).toBe(5)
  })
})
