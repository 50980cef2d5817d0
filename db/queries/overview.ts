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
  /** Tickets of the business date that got ready, and of those the ones that were late on the wall by then. */
  tickets: number
  lateTickets: number
  /**
   * The same up to this time of day, averaged over those of the last four same weekdays on which the restaurant sold
   * anything and that are closed; null if there is none. Of the running clock hour as much as has passed of it.
   */
  usualOrders: number | null
  usualRevenue: number | null
  /** Ingredients at or below their minimum. */
  lowStock: number
  /** Ingredients with an open alert of which nobody said that it may wait. */
  alerts: number
  /** Paired wall screens, and those of them that have not been seen for two minutes. */
  screens: number
  staleScreens: number
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
  const mine = sql`any(${sql.param(scope.restaurantIds)}::int[])`
  const rows = await db.execute<RestaurantToday>(sql`
    with mine as materialized (
      select r.id as restaurant_id, business_date, r.red_minutes, clock.hours, clock.part
      from unnest(
        ${sql.param(days.map((day) => day.restaurantId))}::int[],
        ${sql.param(days.map((day) => day.businessDate))}::text[]::date[]
      ) as asked (restaurant_id, business_date)
      join restaurants r on r.id = asked.restaurant_id
      cross join lateral (
        select ${now.toISOString()}::timestamptz at time zone r.time_zone as at
      ) as local
      cross join lateral (
        select extract(epoch from local.at::time - r.day_cutoff) as since_cutoff
      ) as day
      -- Clock hours of the trading day that are over, and how much of the running one. Before a cutoff within its hour
      -- the day is at its end.
      cross join lateral (
        select
          case when extract(hour from local.at) = extract(hour from r.day_cutoff) and since_cutoff < 0 then 23
            else (extract(hour from local.at)::int - extract(hour from r.day_cutoff)::int + 24) % 24 end as hours,
          case when extract(hour from local.at) = extract(hour from r.day_cutoff) and since_cutoff < 0 then 1
            else extract(minute from local.at)::float8 / 60 end as part
      ) as clock
      where r.id = ${mine}
    ), open as (
      select restaurant_id, count(*)::int as open,
        floor(extract(epoch from min(coalesce(confirmed_at, created_at))) * 1000)::float8 as "oldestSince"
      from orders
      where restaurant_id = ${mine} and ${isOpen}
      group by restaurant_id
    ), low as (
      select restaurant_id, count(*)::int as "lowStock"
      from stock_levels
      join ingredients on ingredients.id = stock_levels.ingredient_id
      where restaurant_id = ${mine} and on_hand <= stock_levels.minimum and ingredients.is_active
      group by restaurant_id
    ), alert as (
      select restaurant_id, count(distinct ingredient_id)::int as alerts
      from stock_alerts
      where restaurant_id = ${mine} and cleared_at is null
        and (acknowledged_at is null or snoozed_until <= now())
      group by restaurant_id
    ), screen as (
      select restaurant_id, count(*)::int as screens,
        (count(*) filter (where last_seen_at is null or last_seen_at <= now() - interval '2 minutes'))::int
          as "staleScreens"
      from devices
      where restaurant_id = ${mine} and revoked_at is null
      group by restaurant_id
    )
    select mine.restaurant_id as "restaurantId", coalesce(open.open, 0) as open, "oldestSince", orders, revenue, tickets,
      "lateTickets", "usualOrders", "usualRevenue", coalesce("lowStock", 0) as "lowStock", coalesce(alerts, 0) as alerts,
      coalesce(screens, 0) as screens, coalesce("staleScreens", 0) as "staleScreens"
    from mine
    cross join lateral (
      select (count(*) filter (where is_sold))::int as orders,
        coalesce(sum(total) filter (where is_sold), 0)::float8 as revenue,
        count(seconds)::int as tickets,
        (count(*) filter (where seconds >= 60 * coalesce(t.red_minutes, mine.red_minutes)))::int as "lateTickets"
      from (
        select total, channel, confirmed_at is not null and status <> 'cancelled' as is_sold,
          case when ready_at >= confirmed_at then extract(epoch from ready_at - confirmed_at) end as seconds
        from orders
        where restaurant_id = mine.restaurant_id and business_date = mine.business_date
        offset 0
      ) as o
      left join age_thresholds t on t.restaurant_id = mine.restaurant_id and t.channel = o.channel
    ) as day
    cross join lateral (
      select avg(orders_before + mine.part * (orders_after - orders_before))::float8 as "usualOrders",
        round(avg(revenue_before + mine.part * (revenue_after - revenue_before))::numeric)::float8 as "usualRevenue"
      from (
        select coalesce(orders_so_far[mine.hours], 0) as orders_before, orders_so_far[mine.hours + 1] as orders_after,
          coalesce(revenue_so_far[mine.hours], 0) as revenue_before, revenue_so_far[mine.hours + 1] as revenue_after
        from daily_kitchen_metrics
        where restaurant_id = mine.restaurant_id and orders_so_far[24] > 0 and closed_at is not null
          and business_date in (
            mine.business_date - 7, mine.business_date - 14, mine.business_date - 21, mine.business_date - 28
          )
        offset 0
      ) as same_weekdays
    ) as usual
    left join open using (restaurant_id)
    left join low using (restaurant_id)
    left join alert using (restaurant_id)
    left join screen using (restaurant_id)`)
  return [...rows]
}
