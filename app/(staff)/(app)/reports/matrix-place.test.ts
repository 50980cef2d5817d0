import { expect, test } from 'vitest'
import { matrixPlace } from './matrix-place'

test('a dish at both thresholds stands in the middle, and its class decides the field', () => {
  const place = (popularity: number, margin: number | null, averageMargin: number | null = 400) => {
    const found = matrixPlace({ popularity, popularFrom: 0.1, margin, averageMargin })
    return found && [Number.parseFloat(found.x), Number.parseFloat(found.y)]
  }
  expect(place(0.1, 400)).toEqual([50, 50])
  const [right = 0, high = 100] = place(0.3, 800) ?? []
  expect(right).toBeGreaterThan(50)
  expect(high).toBeLessThan(50)
  const [left = 100, low = 0] = place(0.02, -50) ?? []
  expect(left).toBeLessThan(50)
  expect(low).toBeCloseTo(97)
  expect(place(0.1, null)).toBeNull()
  expect(place(0.1, 10, -5)).toEqual([50, expect.closeTo(26.5)])
})
