import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import { OPEN_STATUSES } from '@/domain/vocabulary'
import type { Db } from '../client'

/** Written out, not bound: the planner must see that it is the predicate of the index `orders_open`. */
const isOpen = sql.raw(`status in (${OPEN_STATUSES.map((status) => `'${status}'`).join(', ')})`)

export type RestaurantToday = {
  restaurantId: number
  /** Tickets open now, of whichever business date. */
  open: number
  /** When the oldest of them was placed, in milliseconds since 1970; null without one. */
  oldestCreatedAt: number | null
  /** Orders of the business date, cancelled ones left out. */
  orders: number
  /** Cents: confirmed and not cancelled. */
  revenue: number
  /**
   * Cents: revenue up to this time of day, averaged over those of the last four same weekdays on which the restaurant
   * sold anything; null if on none of them.
   */
  usualRevenue: number | null
  /** Ingredients at or below their minimum. */
  lowStock: number
}

type Row = Omit<RestaurantToday, 'revenue' | 'usualRevenue'> & {
  revenue: string
  usualRevenue: string | null
}

/**
 * One row for each restaurant of the scope that `days` names, in no promised order: what is open, the business date so
 * far against the same weekdays before, and what is short. Times of day compare by the restaurant's wall clock.
 */
export async function listOverview(
  db: Db,
  scope: ChainScope,
  { now, days }: { now: Date; days: readonly { restaurantId: number; businessDate: string }[] },
): Promise<RestaurantToday[]> {
  const rows = await db.execute<Row>(sql`
    with mine as (
      select restaurant_id, business_date, time_zone, ${now.toISOString()}::timestamptz at time zone time_zone as local_now
      from unnest(
        ${sql.param(days.map((day) => day.restaurantId))}::int[],
        ${sql.param(days.map((day) => day.businessDate))}::text[]::date[]
      ) as asked (restaurant_id, business_date)
      join restaurants on restaurants.id = asked.restaurant_id
      where restaurant_id = any(${sql.param(scope.restaurantIds)}::int[])
    )
    select mine.restaurant_id as "restaurantId", open, "oldestCreatedAt", orders, revenue, "lowStock",
      round(usual_total::numeric / nullif(usual_days, 0)) as "usualRevenue"
    from mine
    cross join lateral (
      select
        count(*) filter (where business_date = mine.business_date and status <> 'cancelled')::int as orders,
        coalesce(sum(total) filter (where sold and business_date = mine.business_date), 0) as revenue,
        coalesce(sum(total) filter (
          where sold and business_date < mine.business_date
            and local_created <= mine.local_now - (mine.business_date - business_date) * interval '1 day'
        ), 0) as usual_total,
        count(distinct business_date) filter (where sold and business_date < mine.business_date) as usual_days
      from (
        select business_date, status, total, created_at at time zone mine.time_zone as local_created,
          confirmed_at is not null and status <> 'cancelled' as sold
        from orders
        where restaurant_id = mine.restaurant_id
          and business_date in (
            mine.business_date, mine.business_date - 7, mine.business_date - 14, mine.business_date - 21,
            mine.business_date - 28
          )
      ) as same_weekdays
    ) as day
    cross join lateral (
      select count(*)::int as open, floor(extract(epoch from min(created_at)) * 1000)::float8 as "oldestCreatedAt"
      from orders
      where restaurant_id = mine.restaurant_id and ${isOpen}
    ) as tickets
    cross join lateral (
      select count(*)::int as "lowStock"
      from stock_levels
      join ingredients on ingredients.id = stock_levels.ingredient_id
      where restaurant_id = mine.restaurant_id and on_hand <= stock_levels.minimum and ingredients.is_active
    ) as shortages`)
  return rows.map(({ revenue, usualRevenue, ...row }) => ({
    ...row,
    revenue: Number(revenue),
    usualRevenue: usualRevenue === null ? null : Number(usualRevenue),
  }))
}
