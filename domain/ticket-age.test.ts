import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageLevel, clockStart, formatTimer } from './ticket-age'

const thresholds = { amberMinutes: 5, redMinutes: 10 }
const minutes = (count: number) => count * 60_000

describe('the age of a ticket', () => {
  test('turns at exactly the restaurant’s minutes', () => {
    expect(ageLevel(0, thresholds)).toBe('on_time')
    expect(ageLevel(minutes(5) - 1, thresholds)).toBe('on_time')
    expect(ageLevel(minutes(5), thresholds)).toBe('due')
    expect(ageLevel(minutes(10) - 1, thresholds)).toBe('due')
    expect(ageLevel(minutes(10), thresholds)).toBe('late')
    expect(ageLevel(minutes(10), { amberMinutes: 8, redMinutes: 15 })).toBe('due')
  })

  test('counts from firing, and from placing until it is fired', () => {
    expect(clockStart({ createdAt: 1000, confirmedAt: null })).toBe(1000)
    expect(clockStart({ createdAt: 1000, confirmedAt: 4000 })).toBe(4000)
  })
})

describe('a timer', () => {
  test('shows minutes and seconds, and hours only when there are any', () => {
    expect(formatTimer(0)).toBe('0:00')
    expect(formatTimer(minutes(9) + 5999)).toBe('9:05')
    expect(formatTimer(minutes(60) - 1)).toBe('59:59')
    expect(formatTimer(minutes(69) + 5000)).toBe('1:09:05')
    expect(formatTimer(minutes(60 * 25))).toBe('25:00:00')
  })

  test('shows nothing below zero, where a clock is a little behind', () => {
    expect(formatTimer(-1)).toBe('0:00')
  })

  test('tells every whole second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seconds) => {
        const read = formatTimer(seconds * 1000)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0)
        expect(read).toBe(seconds)
      }),
    )
  })
})
