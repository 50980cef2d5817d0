import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import { OPEN_STATUSES } from '@/domain/vocabulary'
import type { Db } from '../client'

/** Written out, not bound: the planner must see that it is the predicate of the index `orders_on_wall`. */
const isOpen = sql.raw(`status in (${OPEN_STATUSES.map((status) => `'${status}'`).join(', ')})`)

export type RestaurantToday = {
  restaurantId: number
  /** Tickets open now, of whichever business date. */
  open: number
  /** Since when the oldest of them has been running (fired, or until then placed), in milliseconds since 1970. */
  oldestSince: number | null
  /** Orders of the business date that were confirmed and not cancelled. */
  orders: number
  /** Cents: what those come to. */
  revenue: number
  /**
   * The same up to this time of day, averaged over those of the last four same weekdays on which the restaurant sold
   * anything; null if on none of them.
   */
  usualOrders: number | null
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
    select mine.restaurant_id as "restaurantId", open, "oldestSince", orders, revenue, "lowStock",
      (usual_orders / nullif(usual_days, 0)::float8) as "usualOrders",
      round(usual_total::numeric / nullif(usual_days, 0)) as "usualRevenue"
    from mine
    cross join lateral (
      select
        count(*) filter (where is_today)::int as orders,
        coalesce(sum(total) filter (where is_today), 0) as revenue,
        count(*) filter (where is_so_far) as usual_orders,
        coalesce(sum(total) filter (where is_so_far), 0) as usual_total,
        count(distinct business_date) filter (where not is_today) as usual_days
      from (
        select business_date, total, business_date = mine.business_date as is_today,
          business_date < mine.business_date and created_at at time zone mine.time_zone
            <= mine.local_now - (mine.business_date - business_date) * interval '1 day' as is_so_far
        from orders
        where restaurant_id = mine.restaurant_id and confirmed_at is not null and status <> 'cancelled'
          and business_date in (
            mine.business_date, mine.business_date - 7, mine.business_date - 14, mine.business_date - 21,
            mine.business_date - 28
          )
      ) as same_weekdays
    ) as day
    cross join lateral (
      select count(*)::int as open,
        floor(extract(epoch from min(coalesce(confirmed_at, created_at))) * 1000)::float8 as "oldestSince"
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
