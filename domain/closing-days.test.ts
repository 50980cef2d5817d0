import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, businessDayRange, lastEndedDate } from './business-day'

/** Zones whose clocks change at odd hours, by odd amounts, or that skipped a whole date. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/Santiago',
  'UTC',
]
const zone = fc.constantFrom(...ZONES)
const cutoff = fc.constantFrom('00:00', '01:30', '02:00', '02:30', '03:00', '04:00', '12:00', '23:59')
/** From before Samoa skipped a date until after this decade's clock changes. */
const instant = fc.date({
  min: new Date('2011-01-01T00:00:00Z'),
  max: new Date('2031-01-01T00:00:00Z'),
  noInvalidDate: true,
})

test('the day that is closed at an instant has ended, and the next one has not', () => {
  fc.assert(
    fc.property(instant, zone, cutoff, (now, timeZone, dayCutoff) => {
      const closed = lastEndedDate(now, timeZone, dayCutoff)
      expect(businessDayRange(closed, timeZone, dayCutoff).to.getTime()).toBeLessThanOrEqual(now.getTime())
      const next = businessDayRange(addDays(closed, 1), timeZone, dayCutoff)
      expect(next.to.getTime()).toBeGreaterThan(now.getTime())
    }),
    { numRuns: 2000 },
  )
})

test('a day is closed at the very instant of its cutoff and not a millisecond before, whatever the clock did that night', () => {
  fc.assert(
    fc.property(instant, zone, cutoff, (any, timeZone, dayCutoff) => {
      const date = lastEndedDate(any, timeZone, dayCutoff)
      const { from, to } = businessDayRange(date, timeZone, dayCutoff)
      fc.pre(to > from)
      expect(lastEndedDate(to, timeZone, dayCutoff)).toBe(date)
      expect(lastEndedDate(new Date(to.getTime() - 1), timeZone, dayCutoff) < date).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('as time goes on days are closed one after the other, none twice and none left out', () => {
  fc.assert(
    fc.property(
      instant,
      zone,
      cutoff,
      fc.integer({ min: 1, max: 30 }),
      (start, timeZone, dayCutoff, hours) => {
        const end = new Date(start.getTime() + hours * 3_600_000)
        const [before, after] = [start, end].map((at) => lastEndedDate(at, timeZone, dayCutoff))
        const closed = []
        for (let date = addDays(before ?? '', 1); date <= (after ?? ''); date = addDays(date, 1))
          closed.push(businessDayRange(date, timeZone, dayCutoff).to)
        for (const to of closed) expect(to > start && to <= end).toBe(true)
        expect(closed.map(Number)).toEqual(closed.map(Number).sort((a, b) => a - b))
      },
    ),
    { numRuns: 1000 },
  )
})
