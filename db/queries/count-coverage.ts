import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
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

export type ChainCountCoverage = {
  /** The restaurants, those that never posted a count, and those that posted one since the date began. */
  restaurants: number
  neverCounted: number
  countedSince: number
  /** Of their last counts the oldest: when it was posted, in milliseconds since 1970, and where. Null without any. */
  oldest: { postedAt: number; restaurantId: number } | null
}

/** When the restaurants last posted a count of any part of their stock, and how many did since a business date. */
export async function getChainCountCoverage(
  db: Db,
  scope: ChainScope<'reports:read'>,
  { since }: { since: BusinessDate },
): Promise<ChainCountCoverage> {
  const [row] = await db.execute<ChainCountCoverage>(sql`
    select count(*)::int as restaurants, (count(*) filter (where c.closed_at is null))::int as "neverCounted",
      (count(*) filter (where c.business_date >= ${since}::date))::int as "countedSince",
      (array_agg(
        json_build_object('postedAt', ${milliseconds(sql`c.closed_at`)}, 'restaurantId', r.id) order by c.closed_at, r.id
      ) filter (where c.closed_at is not null))[1] as oldest
    from unnest(${sql.param(scope.restaurantIds)}::int[]) as r (id)
    left join lateral (
      select closed_at, business_date from stock_counts
      where restaurant_id = r.id and status = 'posted'
      order by id desc limit 1
    ) c on true`)
  if (!row) throw new Error('An aggregate without GROUP BY returned no row.')
  return row
}
