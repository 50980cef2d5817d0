import { describe, expect, test } from 'vitest'
import { trustWords } from './trust'

const DAY = 86_400_000
const now = 1_800_000_000_000
const trust = {
  sales: 1000,
  salesWithCards: 999,
  neverCounted: 1,
  countedWithin: 3,
  oldestCount: now - 41 * DAY,
}
const words = (given: Partial<typeof trust>) =>
  trustWords({ ...trust, ...given }, 5, { now, locale: 'en' }).join(' ')

describe('how far a variance is to be trusted', () => {
  test('is said in words, and never rounded up to all', () => {
    expect(words({})).toBe(
      'Dishes with a recipe card made 99 % of the sales; what the others took counts as unexplained. ' +
        '3 of 5 ingredients were counted within or after these days. ' +
        '1 was never counted: of those, losses don’t show. ' +
        'The oldest of the last counts was 41 days ago: since then its closing stock is what the book says.',
    )
  })

  test('is less to say where all is covered, or nothing was sold', () => {
    expect(words({ salesWithCards: 1000, neverCounted: 0 })).toContain('Every dish that was sold')
    expect(words({ neverCounted: 0 })).not.toContain('never counted')
    expect(words({ sales: 0, salesWithCards: 0 })).toContain('Nothing was sold')
  })
})
