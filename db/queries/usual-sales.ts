import { sql } from 'drizzle-orm'
import { addDays } from '@/domain/business-day'
import type { ChainScope } from '@/domain/scope'
import type { DayProgress, UsualSales } from '@/domain/usual-sales'
import type { Db } from '../client'

/** How many hours a stored day has. */
const HOURS = sql.raw('24')

/** The days that a day is compared with, by how long before it they were. */
const DAYS_BEFORE = [7, 14, 21, 28]

/**
 * What was sold on the last four same weekdays until the hour that each restaurant's day has come to: a row, in no
 * promised order, for each restaurant of the scope that sold anything on one of them which is closed. Hours compare by
 * the wall clock. From what was stored when those days were closed, so the answer changes only with the hours that are
 * asked for, and when such a day is closed or computed again (`KITCHEN_DAYS_TAG`).
 *
 * The join is a left one for the planner, as those of the overview are (db/queries/overview.ts).
 */
export async function listUsualSales(
  db: Db,
  scope: ChainScope,
  days: readonly Omit<DayProgress, 'hourShare'>[],
): Promise<UsualSales[]> {
  const allowed = new Set(scope.restaurantIds)
  const asked = days.filter(({ restaurantId }) => allowed.has(restaurantId))
  if (asked.length === 0) return []
  const restaurantIds = sql`${sql.param(asked.map((day) => day.restaurantId))}::int[]`
  // As of the orders of the overview: the stored days of a date lie together, whosever they are.
  const isRead = scope.isWholeChain ? sql`true` : sql`restaurant_id = any(${restaurantIds})`
  const dates = [...new Set(asked.map(({ businessDate }) => businessDate))]
  const datesBefore = dates.flatMap((date) => DAYS_BEFORE.map((before) => addDays(date, -before)))
  return db.execute<UsualSales>(sql`
    select restaurant_id as "restaurantId", count(hours_over)::int as days,
      coalesce(sum(orders_over), 0)::float8 as "ordersOver", sum(orders_begun)::float8 as "ordersBegun",
      coalesce(sum(revenue_over), 0)::float8 as "revenueOver", sum(revenue_begun)::float8 as "revenueBegun"
    from (
      -- An array has nothing before its first hour.
      select closed.restaurant_id, hours_over, orders_so_far[hours_over] as orders_over,
        orders_so_far[hours_begun] as orders_begun, revenue_so_far[hours_over]::float8 as revenue_over,
        revenue_so_far[hours_begun]::float8 as revenue_begun
      from (
        select restaurant_id, business_date, orders_so_far, revenue_so_far
        from daily_kitchen_metrics
        where ${isRead} and business_date = any(${sql.param(datesBefore)}::text[]::date[])
          and orders_so_far[${HOURS}] > 0
      ) closed
      left join (
        select *, least(hours_over + 1, ${HOURS}) as hours_begun
        from unnest(
          ${restaurantIds}, ${sql.param(asked.map((day) => day.businessDate))}::text[]::date[],
          ${sql.param(asked.map((day) => day.hoursOver))}::int[]
        ) as asked (restaurant_id, business_date, hours_over)
      ) asked on asked.restaurant_id = closed.restaurant_id
        and asked.business_date - closed.business_date in (${sql.raw(DAYS_BEFORE.join(', '))})
      offset 0
    ) as day
    group by restaurant_id
    having count(hours_over) > 0`)
}
