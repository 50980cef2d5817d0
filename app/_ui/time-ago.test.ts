import { expect, it } from 'vitest'
import { timeAgo } from './time-ago'

const NOW = 1_000_000_000_000

it.each([
  [-5, 'just now'],
  [119, 'just now'],
  [120, '2 min ago'],
  [3599, '59 min ago'],
  [3600, '1 h ago'],
  [86_399, '23 h ago'],
  [86_400, 'a day ago'],
  [10 * 86_400, '10 days ago'],
])('what was %i seconds ago was %s', (seconds, words) => {
  expect(timeAgo(NOW - seconds * 1000, NOW)).toBe(words)
})

it('tells no minutes that were not noted', () => {
  expect(timeAgo(NOW - 10 * 60_000, NOW, 11)).toBe('just now')
  expect(timeAgo(NOW - 11 * 60_000, NOW, 11)).toBe('11 min ago')
})
