import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { holdsUpReads, holdsUpWrites } from '../lock-modes'
import { proveLine, readLockTable } from '../testing/lock-table'
import type { Effect } from './effects'

const DOCS = join(import.meta.dirname, '../../../docs')

const lines = await readLockTable()

describe('the table of locks in docs/migrations.md', () => {
  test('has a line for what migrations do', () => {
    expect(lines.length).toBeGreaterThan(50)
  })

  test.each(lines)('is true: $statement', (line) => proveLine(line))

  test('says of each lock what waits, as the program knows it', () => {
    for (const { statement, lock, reads, writes } of lines) {
      const mode = (lock.split(',')[0] ?? '')
        .toLowerCase()
        .replace(/(^|\s)(\w)/g, (_, __, letter) => letter.toUpperCase())
      const asMode = `${mode}Lock` as Effect['lock']
      if (!lock.includes('dishes_by_price'))
        expect([statement, reads]).toEqual([statement, holdsUpReads(asMode) ? 'yes' : 'no'])
      if (writes === 'yes' || writes === 'no')
        expect([statement, writes]).toEqual([statement, holdsUpWrites(asMode) ? 'yes' : 'no'])
    }
  })
})

test('every file that docs/migrations.md links to is there', async () => {
  const document = await readFile(join(DOCS, 'migrations.md'), 'utf8')
  for (const [, path = ''] of document.matchAll(/\]\(((?:\.\.\/|[a-z])[^)#:]*)\)/g))
    await expect(access(join(DOCS, path))).resolves.toBeUndefined()
})
