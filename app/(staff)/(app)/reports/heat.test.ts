import { expect, test } from 'vitest'
import type { HeatCell } from '@/db/queries/reports/heat-map'
import { heatRows, hoursShown } from './heat'

const cell = (weekday: number, hour: number, placed: number) => ({ weekday, hour, placed }) as HeatCell

test('hours stand in the order of the trading day, from the first with orders to the last', () => {
  expect(hoursShown([cell(1, 23, 1), cell(2, 1, 1), cell(6, 21, 1)], 4)).toEqual([21, 22, 23, 0, 1])
  expect(hoursShown([cell(1, 4, 1), cell(2, 3, 1)], 4)).toHaveLength(24)
  expect(hoursShown([cell(3, 12, 1)], 4)).toEqual([12])
  expect(hoursShown([], 4)).toEqual([])
})

test('every weekday has a value for every hour', () => {
  const rows = heatRows([cell(1, 12, 3), cell(7, 13, 5)], [12, 13], ({ placed }) => placed)
  expect(rows).toEqual([
    [3, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 5],
  ])
})
