import { expect, test } from 'vitest'
import { formatSeconds } from './duration'

test('seconds are written in the unit that tells enough', () => {
  const asked = [-1, 0, 0.44, 9.94, 9.96, 75.4, 119.6, 720, 7140, 7200, 12_000]
  expect(asked.map(formatSeconds)).toEqual([
    '0.0 s',
    '0.0 s',
    '0.4 s',
    '9.9 s',
    '10 s',
    '75 s',
    '2 min',
    '12 min',
    '119 min',
    '2 h',
    '3 h 20 min',
  ])
})
