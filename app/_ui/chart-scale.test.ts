import { describe, expect, test } from 'vitest'
import { labelled, scaleTo } from './chart-scale'

describe('an axis', () => {
  test.each([
    [97, 100, [0, 25, 50, 75, 100]],
    [1000, 1000, [0, 250, 500, 750, 1000]],
    [12.3, 15, [0, 5, 10, 15]],
    [0.07, 0.08, [0, 0.02, 0.04, 0.06, 0.08]],
  ])('for values up to %d ends at %d', (highest, to, ticks) => {
    const scale = scaleTo(highest)
    expect(scale.to).toBeCloseTo(to)
    expect(scale.ticks).toHaveLength(ticks.length)
    for (const [index, tick] of ticks.entries()) expect(scale.ticks[index]).toBeCloseTo(tick)
  })

  test('counts things in whole steps, and has an end where there is nothing', () => {
    expect(scaleTo(2, true)).toEqual({ to: 2, ticks: [0, 1, 2] })
    expect(scaleTo(9, true)).toEqual({ to: 9, ticks: [0, 3, 6, 9] })
    expect(scaleTo(0)).toEqual({ to: 1, ticks: [0] })
    expect(scaleTo(Number.NaN)).toEqual({ to: 1, ticks: [0] })
  })

  test('never ends below its highest value', () => {
    for (let value = 0.013; value < 1e7; value *= 1.37) {
      for (const whole of [false, true]) {
        const { to, ticks } = scaleTo(value, whole)
        expect(to).toBeGreaterThanOrEqual(value)
        expect(ticks.length).toBeLessThanOrEqual(6)
        expect(ticks.at(-1)).toBeCloseTo(to)
      }
    }
  })
})

test('labels are spread evenly and never more than asked for', () => {
  expect(labelled(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(labelled(31, 8)).toEqual([0, 4, 8, 12, 16, 20, 24, 28])
  expect(labelled(0, 8)).toEqual([])
})
