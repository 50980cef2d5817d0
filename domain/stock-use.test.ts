import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from './business-day'
import { weekdayOf } from './purchase'
import { fromThousandths } from './quantity'
import { daysLeft, MOST_DAYS_LEFT, runsOutOn } from './stock-use'

const MONDAY = '2026-11-23'
/** 1 on weekdays, 3 on Saturdays, nothing on Sundays, four of each added up. */
const USED = ['4', '4', '4', '4', '4', '12', '0']

describe('days left', () => {
  test('are the whole business days that stock lasts, by what each weekday uses', () => {
    expect(daysLeft('0.999', USED, MONDAY)).toBe(0)
    expect(daysLeft('1', USED, MONDAY)).toBe(1)
    expect(daysLeft('5', USED, MONDAY)).toBe(5)
    expect(daysLeft('7.999', USED, MONDAY)).toBe(5)
    expect(daysLeft('8', USED, MONDAY)).toBe(7)
    expect(daysLeft('2.5', USED, '2026-11-28')).toBe(0)
    expect(daysLeft('3', USED, '2026-11-28')).toBe(2)
    expect(daysLeft('16', USED, MONDAY)).toBe(14)
  })

  test('are none without stock, unknown without use, and 999 at most', () => {
    expect(daysLeft('0', USED, MONDAY)).toBe(0)
    expect(daysLeft('-3', USED, MONDAY)).toBe(0)
    expect(daysLeft('5', Array(7).fill('0'), MONDAY)).toBeNull()
    expect(daysLeft('1000000', USED, MONDAY)).toBe(MOST_DAYS_LEFT)
  })

  test('are what walking through the days gives', () => {
    const use = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 7, maxLength: 7 })
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1_000_000 }),
        use,
        fc.integer({ min: 0, max: 6 }),
        (onHand, used, n) => {
          const today = addDays(MONDAY, n)
          const text = (thousandths: number) => fromThousandths(BigInt(thousandths))
          const found = daysLeft(text(onHand), used.map(text), today)
          if (used.every((day) => day === 0)) return expect(found).toBeNull()
          let left = 4 * onHand
          let days = 0
          for (let date = today; left > 0 || days > 0; date = addDays(date, 1)) {
            const today = used[weekdayOf(date) - 1] ?? 0
            if (left < today || days === MOST_DAYS_LEFT) break
            left -= today
            days++
          }
          expect(found).toBe(days)
        },
      ),
    )
  })

  test('say on which date it runs out', () => {
    expect(runsOutOn('5', USED, MONDAY)).toBe('2026-11-28')
    expect(runsOutOn('0', USED, MONDAY)).toBe(MONDAY)
    expect(runsOutOn('5', Array(7).fill('0'), MONDAY)).toBeNull()
    expect(runsOutOn('1000000', USED, MONDAY)).toBeNull()
  })
})
