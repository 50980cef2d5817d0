import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONGEST_COUNTED_MINUTES, percentileMinutes, type TicketHistogram } from './ticket-time'

function histogramOf(minutes: readonly number[]): TicketHistogram {
  const counts = new Map<number, number>()
  for (const minute of minutes) {
    const slot = Math.min(Math.floor(minute), LONGEST_COUNTED_MINUTES)
    counts.set(slot, (counts.get(slot) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => a - b)
}

/** As PostgreSQL's percentile_cont: the value at a share of the sorted list, interpolated. */
function exact(minutes: readonly number[], share: number): number {
  const sorted = [...minutes].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [below = 0, above = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return below + (above - below) * (at - Math.floor(at))
}

test('a percentile of a histogram is less than a minute from that of the tickets', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 239.9, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (minutes, share) => {
        const found = percentileMinutes(histogramOf(minutes), share, 'included') ?? expect.fail()
        expect(Math.abs(found - exact(minutes, share))).toBeLessThan(1)
      },
    ),
  )
})

test('a percentile never falls as the share grows', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (minutes, one, other) => {
        const at = (share: number) => percentileMinutes(histogramOf(minutes), share, 'included') ?? 0
        expect(at(Math.min(one, other))).toBeLessThanOrEqual(at(Math.max(one, other)) + 1e-9)
      },
    ),
  )
})

test('forgotten tickets count as four hours, or not at all', () => {
  const histogram: TicketHistogram = [
    [10, 1],
    [LONGEST_COUNTED_MINUTES, 3],
  ]
  expect(percentileMinutes(histogram, 0.5, 'included')).toBe(240)
  expect(percentileMinutes(histogram, 0.5, 'excluded')).toBe(10.5)
  expect(percentileMinutes([[LONGEST_COUNTED_MINUTES, 3]], 0.5, 'excluded')).toBeNull()
  expect(percentileMinutes([], 0.9, 'included')).toBeNull()
})
