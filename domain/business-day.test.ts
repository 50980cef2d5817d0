import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, businessDayRange, endOfBusinessDay } from './business-day'

const ZONES = Intl.supportedValuesOf('timeZone')
const zone = fc.constantFrom(...ZONES)
const cutoff = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
/** 1950 to 2050: far enough back to meet the zones that skipped or repeated a date. */
const instant = fc.date({
  min: new Date('1950-01-01T00:00:00Z'),
  max: new Date('2050-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const range = (date: string, timeZone: string, dayCutoff: string) => {
  const { from, to } = businessDayRange(date, timeZone, dayCutoff)
  return [from.toISOString(), to.toISOString()]
}

describe('the business day', () => {
  test('ends at the cutoff, not at midnight', () => {
    expect(businessDate(new Date('2026-03-07T00:30:00Z'), 'Europe/Rome', '04:00')).toBe('2026-03-06')
    expect(businessDate(new Date('2026-03-07T02:59:59.999Z'), 'Europe/Rome', '04:00')).toBe('2026-03-06')
    expect(businessDate(new Date('2026-03-07T03:00:00Z'), 'Europe/Rome', '04:00')).toBe('2026-03-07')
    expect(businessDate(new Date('2026-03-07T03:00:00Z'), 'America/New_York', '04:00:00')).toBe('2026-03-06')
  })

  test('is an hour shorter in spring and longer in autumn', () => {
    expect(range('2026-03-28', 'Europe/Rome', '04:00')).toEqual([
      '2026-03-28T03:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
    ])
    expect(range('2026-10-24', 'Europe/Rome', '04:00')).toEqual([
      '2026-10-24T02:00:00.000Z',
      '2026-10-25T03:00:00.000Z',
    ])
  })

  test('starts at the first instant after a gap that swallows its cutoff', () => {
    // In Rome the clock goes from 02:00 to 03:00 on 2026-03-29, at 01:00 UTC.
    expect(range('2026-03-29', 'Europe/Rome', '02:30')[0]).toBe('2026-03-29T01:00:00.000Z')
    // In Lord Howe by half an hour, at 02:00 on 2026-10-04.
    expect(range('2026-10-04', 'Australia/Lord_Howe', '02:15')[0]).toBe('2026-10-03T15:30:00.000Z')
  })

  test('starts at the first of two equal wall times, and the second belongs to it', () => {
    // In Rome 02:30 comes twice on 2026-10-25: at 00:30 and at 01:30 UTC.
    expect(range('2026-10-25', 'Europe/Rome', '02:30')[0]).toBe('2026-10-25T00:30:00.000Z')
    expect(businessDate(new Date('2026-10-25T01:15:00Z'), 'Europe/Rome', '02:30')).toBe('2026-10-25')
  })

  test('knows zones that skipped a date', () => {
    // Samoa had no 2011-12-30: its clock went from the end of the 29th to the start of the 31st, at 10:00 UTC.
    expect(range('2011-12-30', 'Pacific/Apia', '00:00')).toEqual([
      '2011-12-30T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
    ])
    expect(range('2011-12-30', 'Pacific/Apia', '04:00')).toEqual([
      '2011-12-30T10:00:00.000Z',
      '2011-12-30T14:00:00.000Z',
    ])
  })

  test('contains its own instant, in every zone with every cutoff', () => {
    fc.assert(
      fc.property(instant, zone, cutoff, (at, timeZone, dayCutoff) => {
        const date = businessDate(at, timeZone, dayCutoff)
        const { from, to } = businessDayRange(date, timeZone, dayCutoff)
        expect(from.getTime()).toBeLessThanOrEqual(at.getTime())
        expect(at.getTime()).toBeLessThan(to.getTime())
      }),
      { numRuns: 2000 },
    )
  })

  test('tiles time: every day begins where the one before ends, around each clock change of five years in every zone', () => {
    let changes = 0
    for (const timeZone of ZONES) {
      for (const week of weeksWithClockChange(timeZone, '2024-01-01', '2028-12-31')) {
        changes++
        for (const dayCutoff of ['00:00', '02:30', '04:00']) {
          let end = businessDayRange(addDays(week, -1), timeZone, dayCutoff).to.getTime()
          for (let day = 0; day <= 8; day++) {
            const date = addDays(week, day)
            const { from, to } = businessDayRange(date, timeZone, dayCutoff)
            expect(from.getTime(), `${timeZone} ${date}`).toBe(end)
            end = to.getTime()
            expect(businessDate(from, timeZone, dayCutoff), `${timeZone} ${date}`).toBe(date)
            expect(businessDate(new Date(end - 1), timeZone, dayCutoff), `${timeZone} ${date}`).toBe(date)
          }
        }
      }
    }
    expect(changes).toBeGreaterThan(1000)
  }, 60_000)

  test('begins when the wall clock first shows the cutoff or later, found by walking every minute', () => {
    const cases: [string, string, string][] = [
      ['Europe/Rome', '2026-03-28T12:00:00Z', '02:30'],
      ['Europe/Rome', '2026-10-24T12:00:00Z', '02:30'],
      ['America/New_York', '2026-11-01T00:00:00Z', '01:30'],
      ['Australia/Lord_Howe', '2026-04-04T06:00:00Z', '01:45'],
      ['Pacific/Apia', '2011-12-29T12:00:00Z', '04:00'],
      ['America/Sao_Paulo', '2018-11-03T12:00:00Z', '00:00'],
    ]
    for (const [timeZone, start, dayCutoff] of cases) {
      let furthest = ''
      for (let minute = 0; minute < 48 * 60; minute++) {
        const at = new Date(Date.parse(start) + minute * 60_000)
        const reached = wallDate(at, timeZone, dayCutoff)
        if (reached > furthest) furthest = reached
        // The first half day only tells how far the clock had come before.
        if (minute > 12 * 60) expect(businessDate(at, timeZone, dayCutoff), at.toISOString()).toBe(furthest)
      }
    }
  })

  test('refuses malformed zones, cutoffs and dates', () => {
    const now = new Date('2026-03-07T00:30:00Z')
    expect(() => businessDate(now, 'Mars/Olympus', '04:00')).toThrow(RangeError)
    expect(() => businessDate(now, 'Europe/Rome', '24:00')).toThrow(RangeError)
    expect(() => businessDayRange('2026-02-30', 'Europe/Rome', '04:00')).toThrow(RangeError)
    expect(() => businessDayRange('2026-2-3', 'Europe/Rome', '04:00')).toThrow(RangeError)
    expect(() => addDays('yesterday', 1)).toThrow(RangeError)
  })
})

/** The date whose cutoff the wall clock shows as passed, straight from a formatter and by comparing text. */
function wallDate(at: Date, timeZone: string, dayCutoff: string): string {
  const [date = '', time = ''] = at.toLocaleString('sv-SE', { timeZone }).split(' ')
  return time.slice(0, 5) >= dayCutoff ? date : addDays(date, -1)
}

/** The dates of the weeks, counted from `from`, within which the zone's offset changes. */
function weeksWithClockChange(timeZone: string, from: string, to: string): string[] {
  const clock = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const offset = (date: string) => clock.format(new Date(`${date}T12:00:00Z`)).split(', ')[1]
  const weeks: string[] = []
  for (let week = from; week < to; week = addDays(week, 7)) {
    if (offset(week) !== offset(addDays(week, 7))) weeks.push(week)
  }
  return weeks
}

test('addDays crosses months and leap days', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
})

test('a business day ends at the next cutoff, after midnight at the one of the same date', () => {
  const end = (at: string) => endOfBusinessDay(new Date(at), 'Europe/Rome', '04:00').toISOString()
  expect(end('2026-03-10T20:00:00Z')).toBe('2026-03-11T03:00:00.000Z')
  expect(end('2026-03-11T02:59:59Z')).toBe('2026-03-11T03:00:00.000Z')
  expect(end('2026-03-11T03:00:00Z')).toBe('2026-03-12T03:00:00.000Z')
})
