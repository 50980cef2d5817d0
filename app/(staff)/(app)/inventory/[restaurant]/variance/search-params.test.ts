import { describe, expect, test } from 'vitest'
import { lastDays, monthOf, periodHref, readPeriod } from './search-params'

const today = '2026-03-02'
const usual = lastDays(today, 28)

describe('the days that are compared', () => {
  test('are the last four weeks, unless the address says others', () => {
    expect(readPeriod({}, today)).toEqual({ from: '2026-02-03', to: '2026-03-02' })
    expect(readPeriod({ from: '2026-01-05', to: '2026-01-05' }, today)).toEqual({
      from: '2026-01-05',
      to: '2026-01-05',
    })
  })

  test('are a month so far, or the whole one before', () => {
    expect(monthOf(today)).toEqual({ from: '2026-03-01', to: '2026-03-02' })
    expect(monthOf(today, 1)).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(monthOf('2026-01-01', 1)).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  })

  test.each([
    ['2026-02-30', '2026-03-01'],
    ['2026-03-01', '2026-02-01'],
    ['2026-03-01', '2026-03-03'],
    ['1026-03-01', '2026-03-01'],
    ['x', "' or 1=1"],
    [['2026-01-01', '2026-01-02'], '2026-03-01'],
  ])('are the usual ones where %s to %s makes no sense', (from, to) => {
    expect(readPeriod({ from, to }, today)).toEqual(usual)
  })

  test('are read back as they were written', () => {
    const given = { from: '2026-01-31', to: '2026-02-28' }
    const query = new URL(periodHref('berlin', given), 'http://own').searchParams
    expect(readPeriod(Object.fromEntries(query), today)).toEqual(given)
  })
})
