import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenHeight } from './even-height'

test('columns share what fits, and the whole height is used where it does not', () => {
  expect(evenHeight([100, 100, 100, 100], 4, 900)).toBe(100)
  expect(evenHeight([100, 100, 100, 100], 2, 900)).toBe(200)
  expect(evenHeight([300, 100, 100, 250], 2, 900)).toBe(400)
  expect(evenHeight([500, 500, 500], 2, 900)).toBeNull()
  expect(evenHeight([1000], 5, 900)).toBeNull()
  expect(evenHeight([], 5, 900)).toBe(0)
})

test('no lower height would do', () => {
  const heights = fc.array(fc.integer({ min: 50, max: 400 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(heights, fc.integer({ min: 1, max: 8 }), (drawn, columns) => {
      const least = evenHeight(drawn, columns, 1000)
      if (least !== null) expect(evenHeight(drawn, columns, least - 1)).toBeNull()
    }),
  )
})
