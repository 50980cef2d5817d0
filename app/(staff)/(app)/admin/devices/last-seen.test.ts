import { expect, it } from 'vitest'
import { deviceState } from './last-seen'

const device = { isLive: false, lastSeenAt: null, revokedAt: null }
const stateOf = (given: object) => deviceState({ ...device, ...given } as Parameters<typeof deviceState>[0])

it('is live, stale, not seen yet or revoked, each with a mark of its own', () => {
  expect(stateOf({ isLive: true, lastSeenAt: 1 })).toEqual({ tone: 'green', word: 'Live' })
  expect(stateOf({ lastSeenAt: 1 })).toEqual({ tone: 'amber', word: 'Stale' })
  expect(stateOf({})).toEqual({ tone: 'blue', word: 'Not seen yet' })
  expect(stateOf({ lastSeenAt: 1, revokedAt: 2 })).toEqual({ tone: 'muted', word: 'Revoked' })
})
