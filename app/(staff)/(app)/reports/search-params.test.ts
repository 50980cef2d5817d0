import { describe, expect, test } from 'vitest'
import { daysOf, LONGEST_RANGE_DAYS, rangeOf } from '@/domain/report-range'
import { besides, kindOf, readReportView, reportHref } from './search-params'

/** A Monday. */
const today = '2026-03-02'
const usual = { range: { from: '2026-02-23', to: '2026-03-01' }, outliers: 'included' }

describe('the days of a report', () => {
  test('are the week of the last day that is over, unless the address says others', () => {
    expect(readReportView({}, today)).toEqual(usual)
    expect(readReportView({}, '2026-03-04').range).toEqual({ from: '2026-03-02', to: '2026-03-08' })
    expect(readReportView({ from: '2026-01-01', to: '2026-01-31', outliers: 'excluded' }, today)).toEqual({
      range: { from: '2026-01-01', to: '2026-01-31' },
      outliers: 'excluded',
    })
  })

  test.each([
    { from: '2026-02-30', to: '2026-03-01' },
    { from: '2026-03-03', to: '2026-03-09' },
    { from: '2026-03-01' },
    { from: ['2026-01-01', '2026-01-02'], to: '2026-01-31' },
    { from: '0000-01-01', to: 'now' },
  ])('are the usual ones instead of %j', (given) => {
    expect(readReportView(given, today)).toEqual(usual)
  })

  test('are turned back where they are turned around, and cut where they are too many', () => {
    const range = { from: '2026-02-03', to: '2026-02-05' }
    expect(readReportView({ from: range.to, to: range.from }, today).range).toEqual(range)
    const cut = readReportView({ from: '2020-01-01', to: '2026-03-01' }, today).range
    expect([daysOf(cut), cut.to]).toEqual([LONGEST_RANGE_DAYS, '2026-03-01'])
  })

  test('keep their kind one step on or back, and days that are no period their number', () => {
    const steps = (from: string, to: string) => [
      kindOf({ from, to }),
      besides({ from, to }, 'before'),
      besides({ from, to }, 'after'),
    ]
    expect(steps('2026-03-01', '2026-03-01')).toEqual([
      'day',
      rangeOf('day', '2026-02-28'),
      rangeOf('day', '2026-03-02'),
    ])
    expect(steps('2026-02-23', '2026-03-01')).toEqual([
      'week',
      { from: '2026-02-16', to: '2026-02-22' },
      { from: '2026-03-02', to: '2026-03-08' },
    ])
    expect(steps('2026-02-01', '2026-02-28')).toEqual([
      'month',
      { from: '2026-01-01', to: '2026-01-31' },
      { from: '2026-03-01', to: '2026-03-31' },
    ])
    expect(steps('2026-02-03', '2026-02-05')).toEqual([
      'custom',
      { from: '2026-01-31', to: '2026-02-02' },
      { from: '2026-02-06', to: '2026-02-08' },
    ])
  })

  test('go into the address and come back', () => {
    const href = reportHref('berlin', {
      range: { from: '2026-02-03', to: '2026-02-05' },
      outliers: 'excluded',
    })
    expect(href).toBe('/reports/berlin?from=2026-02-03&to=2026-02-05&outliers=excluded')
    const given = Object.fromEntries(new URL(href, 'http://localhost').searchParams)
    expect(reportHref('berlin', readReportView(given, today))).toBe(href)
    expect(reportHref(null, readReportView({}, today))).toBe('/reports?from=2026-02-23&to=2026-03-01')
  })
})
