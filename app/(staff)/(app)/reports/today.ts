import { type BusinessDate, businessDate } from '@/domain/business-day'
import type { RestaurantSettings } from '@/domain/scope'

/** The latest business date that has begun in any of the restaurants. Throws a RangeError where there is none. */
export function latestToday(
  restaurants: readonly Pick<RestaurantSettings, 'timeZone' | 'dayCutoff'>[],
  now: Date,
): BusinessDate {
  const dates = restaurants.map(({ timeZone, dayCutoff }) => businessDate(now, timeZone, dayCutoff))
  const latest = dates.sort().at(-1)
  if (!latest) throw new RangeError('Of no restaurant there is no business date.')
  return latest
}
