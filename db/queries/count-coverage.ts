import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'

export type CountCoverage = {
  /** Active ingredients that the restaurant stocks, those never counted, and those counted since the date began. */
  items: number
  neverCounted: number
  countedWithin: number
  /** The oldest of their last counts, in milliseconds since 1970; null where none was counted. */
  oldestCount: number | null
}

/** How far what the book says of a restaurant's stock was held against the shelves since a business date. */
export async function getCountCoverage(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  { since }: { since: BusinessDate },
): Promise<CountCoverage> {
  const [row] = await db.execute<CountCoverage>(sql`
    select count(*)::int as items, (count(*) filter (where s.counted_at is null))::int as "neverCounted",
      (count(*) filter (where s.counted_at >= ${since}::date::timestamptz))::int as "countedWithin",
      ${milliseconds(sql`min(s.counted_at)`)} as "oldestCount"
    from stock_levels s
    join ingredients i on i.id = s.ingredient_id and i.is_active
    where s.restaurant_id = ${scope.restaurant.id}`)
  if (!row) throw new Error('An aggregate without GROUP BY returned no row.')
  return row
}
