import type { DateRange } from '@/domain/report-range'
import type { ChainScope } from '@/domain/scope'
import type { Outliers } from '@/domain/ticket-time'
import type { Db } from '../../client'
import {
  type Figures,
  type FiguresRow,
  figuresOfEach,
  NO_FIGURES,
  toFigures,
} from '../../fragments/report-figures'

export type RestaurantFigures = Omit<Figures, 'medianMinutes' | 'p90Minutes'> & { restaurantId: number }

/** Figures of a range of each active restaurant of the scope, in its order. Without percentiles: those of 500 are costly. */
export async function listRestaurantFigures(
  db: Db,
  scope: ChainScope<'reports:read'>,
  { range, outliers }: { range: DateRange; outliers: Outliers },
): Promise<RestaurantFigures[]> {
  const each = { ...scope, isWholeChain: false }
  const rows = await db.execute<FiguresRow & { key: number }>(figuresOfEach(each, range))
  const byRestaurant = new Map(rows.map((row) => [row.key, row]))
  return scope.restaurantIds.map((restaurantId) => {
    const {
      medianMinutes: _,
      p90Minutes: __,
      ...figures
    } = toFigures(byRestaurant.get(restaurantId) ?? NO_FIGURES, outliers)
    return { restaurantId, ...figures }
  })
}
