import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './business-day'
import {
  comparedRanges,
  type DateRange,
  datesOf,
  daysOf,
  LONGEST_RANGE_DAYS,
  PERIODS,
  previousRange,
  rangeOf,
  sameRangeLastYear,
  splitByMonth,
} from './report-range'

const date = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .map((instant) => instant.toISOString().slice(0, 10))
const custom = fc
  .tuple(date, fc.integer({ min: 0, max: LONGEST_RANGE_DAYS - 1 }))
  .map(([from, days]): DateRange => ({ from, to: addDays(from, days) }))
const period = fc.tuple(fc.constantFrom(...PERIODS), date).map(([kind, day]) => rangeOf(kind, day))
const range = fc.oneof(custom, period)
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()

describe('a range', () => {
  test('of a day, a week or a month holds the day, and begins where such periods begin', () => {
    expect(rangeOf('week', '2026-03-01')).toEqual({ from: '2026-02-23', to: '2026-03-01' })
    expect(rangeOf('month', '2028-02-11')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    fc.assert(
      fc.property(fc.constantFrom(...PERIODS), date, (kind, day) => {
        const { from, to } = rangeOf(kind, day)
        expect(from <= day && day <= to).toBe(true)
        if (kind === 'day') expect([from, to]).toEqual([day, day])
        if (kind === 'week') expect([weekday(from), weekday(to), daysOf({ from, to })]).toEqual([1, 0, 7])
        if (kind === 'month') expect([from.slice(8), addDays(to, 1).slice(8)]).toEqual(['01', '01'])
      }),
    )
  })

  test('counts its dates as it lists them, ascending and without a gap', () => {
    fc.assert(
      fc.property(range, (of) => {
        const dates = datesOf(of)
        expect(dates).toHaveLength(daysOf(of))
        expect([dates.at(0), dates.at(-1)]).toEqual([of.from, of.to])
        for (const [n, day] of dates.entries()) expect(day).toBe(addDays(of.from, n))
      }),
    )
  })
})

describe('what a range is compared with', () => {
  test('is the months before it where it is whole months', () => {
    expect(previousRange(rangeOf('month', '2026-03-15'))).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(previousRange({ from: '2026-01-01', to: '2026-03-31' })).toEqual({
      from: '2025-10-01',
      to: '2025-12-31',
    })
    expect(sameRangeLastYear({ from: '2028-02-01', to: '2028-02-29' })).toEqual({
      from: '2027-02-01',
      to: '2027-02-28',
    })
  })

  test('lies directly before it, without a gap or an overlap', () => {
    fc.assert(
      fc.property(range, (of) => {
        const before = previousRange(of)
        expect(addDays(before.to, 1)).toBe(of.from)
        if (!of.from.endsWith('-01')) expect(daysOf(before)).toBe(daysOf(of))
      }),
    )
  })

  test('has the same weekdays a year ago, unless it is whole months', () => {
    fc.assert(
      fc.property(range, (of) => {
        const ago = sameRangeLastYear(of)
        const isMonths = of.from.endsWith('-01') && addDays(of.to, 1).endsWith('-01')
        if (isMonths)
          expect([ago.from, addDays(ago.to, 1)].map((day) => day.slice(5))).toEqual(
            [of.from, addDays(of.to, 1)].map((day) => day.slice(5)),
          )
        else expect([daysOf(ago), weekday(ago.from)]).toEqual([daysOf(of), weekday(of.from)])
      }),
    )
  })

  test('ends after as many days as a range that runs has begun', () => {
    const march = rangeOf('month', '2026-03-10')
    expect(comparedRanges(march, '2026-03-10')).toEqual({
      present: march,
      previous: { from: '2026-02-01', to: '2026-02-10' },
      lastYear: { from: '2025-03-01', to: '2025-03-10' },
    })
    expect(comparedRanges(march, '2026-03-31').previous).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    fc.assert(
      fc.property(range, date, (of, today) => {
        const { present, previous, lastYear } = comparedRanges(of, today)
        expect(present).toEqual(of)
        for (const [cut, whole] of [
          [previous, previousRange(of)],
          [lastYear, sameRangeLastYear(of)],
        ] as const) {
          expect(cut.from).toBe(whole.from)
          expect(cut.to <= whole.to && cut.from <= cut.to).toBe(true)
          if (today >= of.to) expect(cut).toEqual(whole)
          else if (today > of.from)
            expect(daysOf(cut)).toBeLessThanOrEqual(daysOf({ from: of.from, to: today }))
        }
      }),
    )
  })
})

test('a range is whole months and the days around them', () => {
  const of = (from: string, to: string) => splitByMonth({ from, to })
  expect(of('2026-03-01', '2026-03-31')).toEqual({
    months: { from: '2026-03-01', to: '2026-03-01' },
    rest: [],
  })
  expect(of('2025-11-24', '2026-02-27')).toEqual({
    months: { from: '2025-12-01', to: '2026-01-01' },
    rest: [
      { from: '2025-11-24', to: '2025-11-30' },
      { from: '2026-02-01', to: '2026-02-27' },
    ],
  })
  expect(of('2026-02-02', '2026-03-30')).toEqual({
    months: null,
    rest: [{ from: '2026-02-02', to: '2026-03-30' }],
  })
  expect(of('2026-02-02', '2026-02-28')).toEqual({
    months: null,
    rest: [{ from: '2026-02-02', to: '2026-02-28' }],
  })
  expect(of('2026-02-01', '2026-03-30')).toEqual({
    months: { from: '2026-02-01', to: '2026-02-01' },
    rest: [{ from: '2026-03-01', to: '2026-03-30' }],
  })
})
