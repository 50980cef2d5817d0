import { describe, expect, test } from 'vitest'
import type { ChainCountCoverage } from '@/db/queries/count-coverage'
import { countWords } from './trust'

const DAY = 86_400_000
const now = 1_800_000_000_000
const names = new Map([[7, 'Nord Tokyo']])
const coverage: ChainCountCoverage = {
  restaurants: 500,
  neverCounted: 2,
  countedSince: 431,
  oldest: { postedAt: now - 21 * DAY, restaurantId: 7 },
}
const words = (given: Partial<ChainCountCoverage>) =>
  countWords({ ...coverage, ...given }, names, { now, locale: 'en' }).join(' ')

describe('how far the food cost of several restaurants is to be trusted', () => {
  test('says how many counted, and whose last count is the oldest', () => {
    expect(words({})).toBe(
      '431 of 500 restaurants counted stock within or after these days. 2 never did: there, losses don’t show. ' +
        'The oldest of the last counts is that of Nord Tokyo, 21 days ago: since then its stock is what the book says.',
    )
  })

  test('says less where everybody counted, or nobody ever did', () => {
    expect(words({ neverCounted: 0 })).not.toContain('never did')
    expect(words({ countedSince: 0, neverCounted: 500, oldest: null })).toBe(
      '0 of 500 restaurants counted stock within or after these days. 500 never did: there, losses don’t show.',
    )
  })
})
