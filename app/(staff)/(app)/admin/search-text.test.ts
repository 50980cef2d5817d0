import { expect, it } from 'vitest'
import { readSearchText } from './search-text'

it.each([
  [undefined, ''],
  [['a', 'b'], ''],
  ['  flour \0\uD83D', 'flour'],
  ['x'.repeat(200), 'x'.repeat(100)],
])('searches for nothing that the database can’t take: %j', (given, read) => {
  expect(readSearchText(given)).toBe(read)
})
