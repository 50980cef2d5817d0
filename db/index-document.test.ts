import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openSession } from './client'
import { testDatabase } from './testing/database'

const held = testDatabase()

test('docs/indexing.md has every index of the database and no other; `npm run bench -- indexes` writes it', async () => {
  const session = await openSession(held.url)
  const indexes = await session.query<{ name: string }>(
    // While a column is renamed, an index on it has a twin, which takes its name in the end.
    `select distinct tablename || '.' || regexp_replace(indexname, '_twin$', '') as name
     from pg_indexes where schemaname = 'public'`,
  )
  await session.close()
  const document = await readFile(new URL('../docs/indexing.md', import.meta.url), 'utf8')
  const listed = /<!-- bench:indexes -->(.*)<!-- \/bench:indexes -->/s.exec(document)?.[1] ?? ''
  expect(namesIn(listed).sort()).toEqual(indexes.map(({ name }) => name).sort())
})

/** `table.index` of each table's section that has a row of figures and a sentence for the index. */
function namesIn(text: string): string[] {
  return text.split(/^### /m).flatMap((section) => {
    const table = /^\w+/.exec(section)?.[0]
    return [...section.matchAll(/^\| `(\w+)` \|/gm)]
      .map(([, index]) => index)
      .filter((index) => new RegExp(`^- \`${index}\`: \`.+\`\\. \\S`, 'm').test(section))
      .map((index) => `${table}.${index}`)
  })
}
