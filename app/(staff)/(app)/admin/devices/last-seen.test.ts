import { describe, expect, it } from 'vitest'
import { deviceState, timeAgo } from './last-seen'

const device = { isLive: false, lastSeenAt: null, revokedAt: null }
const stateOf = (given: object) => deviceState({ ...device, ...given } as Parameters<typeof deviceState>[0])

describe('a screen', () => {
  it('is live, stale, not seen yet or revoked, each with a mark of its own', () => {
    expect(stateOf({ isLive: true, lastSeenAt: 1 })).toEqual({ tone: 'green', word: 'Live' })
    expect(stateOf({ lastSeenAt: 1 })).toEqual({ tone: 'amber', word: 'Stale' })
    expect(stateOf({})).toEqual({ tone: 'blue', word: 'Not seen yet' })
    expect(stateOf({ lastSeenAt: 1, revokedAt: 2 })).toEqual({ tone: 'muted', word: 'Revoked' })
  })

  it.each([
    [-5, 'just now'],
    [119, 'just now'],
    [120, '2 min ago'],
    [3599, '59 min ago'],
    [3600, '1 h ago'],
    [86_399, '23 h ago'],
    [86_400, 'a day ago'],
    [10 * 86_400, '10 days ago'],
  ])('that was seen %i seconds ago was seen %s', (seconds, words) => {
    expect(timeAgo(1_000_000_000_000 - seconds * 1000, 1_000_000_000_000)).toBe(words)
  })
})
