import { expect, it } from 'vitest'
import { daysInWords } from './words'

it.each([
  [[1, 2, 3, 4, 5, 6, 7], 'every day'],
  [[1, 2, 3, 4, 5], 'Mon–Fri'],
  [[1, 4], 'Mon, Thu'],
  [[6, 7], 'Sat, Sun'],
  [[3], 'Wed'],
])('order days %j are %s', (days, words) => {
  expect(daysInWords(days)).toBe(words)
})
