import type { HeatCell } from '@/db/queries/reports/heat-map'

const HOURS = 24

/**
 * The hours from the first in which anything happened to the last, in the order of a trading day, which begins with the
 * hour of the cutoff: what comes after midnight stands at the end of the evening.
 */
export function hoursShown(cells: readonly Pick<HeatCell, 'hour'>[], firstHour: number): number[] {
  const places = cells.map(({ hour }) => (hour - firstHour + HOURS) % HOURS)
  if (places.length === 0) return []
  const [first, last] = [Math.min(...places), Math.max(...places)]
  return Array.from({ length: last - first + 1 }, (_, n) => (first + n + firstHour) % HOURS)
}

/** A value for each weekday from Monday on and each of the hours; 0 where nothing happened. */
export function heatRows(
  cells: readonly HeatCell[],
  hours: readonly number[],
  of: (cell: HeatCell) => number | null,
): number[][] {
  const known = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, of(cell) ?? 0]))
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => hours.map((hour) => known.get(`${weekday} ${hour}`) ?? 0))
}
