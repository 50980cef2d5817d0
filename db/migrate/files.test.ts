import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readMigrations } from './files'
import { ALONE, migrationsFolder, TRANSACTIONAL } from './testing/migrations-folder'

async function refusal(files: Record<string, string>): Promise<string> {
  const { directory } = await migrationsFolder(files)
  return refusalOf(directory)
}

async function refusalOf(directory: string): Promise<string> {
  const error = await readMigrations(directory).then(
    () => null,
    (thrown) => thrown,
  )
  expect(error).toMatchObject({ name: 'Refused', reason: 'bad_file' })
  return error.message
}

describe('a file is refused by name', () => {
  test('without a word on transactions', async () => {
    expect(await refusal({ '0000_bare': '-- phase: expand\nselect 1;' })).toMatch(
      /0000_bare must say one of "-- transactional"/,
    )
  })

  test('with both words on transactions', async () => {
    expect(await refusal({ '0000_torn': `${TRANSACTIONAL}-- not transactional\nselect 1;` })).toMatch(
      /0000_torn must say one of/,
    )
  })

  test('with its header below the first statement', async () => {
    expect(await refusal({ '0000_late': `select 1;\n${TRANSACTIONAL}` })).toMatch(/0000_late must say/)
  })

  test('without a phase, or with one that nobody knows', async () => {
    expect(await refusal({ '0000_bare': '-- transactional\nselect 1;' })).toMatch(/0000_bare must say one of/)
    expect(await refusal({ '0000_odd': '-- transactional\n-- phase: grow\nselect 1;' })).toMatch(
      /0000_odd must say one of/,
    )
  })

  test('with nothing to do', async () => {
    expect(await refusal({ '0000_empty': `${TRANSACTIONAL}-- later` })).toMatch(/0000_empty has no statement/)
  })

  test('with more than one statement outside of a transaction', async () => {
    const two = 'create index concurrently a on t (a);\ncreate index concurrently b on t (b);'
    expect(await refusal({ '0000_two': ALONE + two })).toMatch(/0000_two .* exactly one statement and not 2/)
  })

  test('with a transaction of its own inside of ours', async () => {
    expect(await refusal({ '0000_own': `${TRANSACTIONAL}select 1;\nCOMMIT;` })).toMatch(
      /0000_own .* COMMIT in line 4/,
    )
  })

  test('with an index whose name the server would make up', async () => {
    expect(await refusal({ '0000_anon': `${ALONE}create index concurrently on t (a);` })).toMatch(
      /0000_anon .* name/,
    )
  })

  test('with a concurrent drop that could not be repeated', async () => {
    expect(await refusal({ '0000_drop': `${ALONE}drop index concurrently a;` })).toMatch(
      /0000_drop .* IF EXISTS/,
    )
    const { directory } = await migrationsFolder({
      '0000_drop': `${ALONE}drop index concurrently if exists a;`,
    })
    expect(await readMigrations(directory)).toHaveLength(1)
  })
})

describe('a folder is refused', () => {
  const file = `${TRANSACTIONAL}select 1;`

  test('without a readable journal', async () => {
    const { directory } = await migrationsFolder({ '0000_a': file })
    const journal = join(directory, 'meta', '_journal.json')
    await writeFile(journal, '{')
    expect(await refusalOf(directory)).toMatch(/journal .* can't be read/)
    await writeFile(journal, '{"entries": [{"tag": "../0000_a", "when": 1}]}')
    expect(await refusalOf(directory)).toMatch(/not as drizzle-kit writes it/)
    await rm(journal)
    expect(await refusalOf(directory)).toMatch(/journal .* can't be read/)
  })

  test('with a file that the journal does not know, which Drizzle would skip', async () => {
    const { directory } = await migrationsFolder({ '0000_a': file })
    await writeFile(join(directory, '0001_stray.sql'), file)
    expect(await refusalOf(directory)).toMatch(/0001_stray is not in the journal/)
  })

  test('without a file that the journal names', async () => {
    const { directory } = await migrationsFolder({ '0000_a': file, '0001_gone': file })
    await rm(join(directory, '0001_gone.sql'))
    expect(await refusalOf(directory)).toMatch(/no file 0001_gone\.sql/)
  })

  test('whose journal is in another order than its dates, or names a file twice', async () => {
    const { directory } = await migrationsFolder({ '0000_a': file, '0001_b': file })
    const path = join(directory, 'meta', '_journal.json')
    const journal = JSON.parse(await readFile(path, 'utf8'))
    const [a, b] = journal.entries
    await writeFile(path, JSON.stringify({ ...journal, entries: [b, a] }))
    expect(await refusalOf(directory)).toMatch(/0000_a after 0001_b but dates it before/)
    await writeFile(path, JSON.stringify({ ...journal, entries: [a, a] }))
    expect(await refusalOf(directory)).toMatch(/0000_a twice/)
  })
})
