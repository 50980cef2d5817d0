import { type SQL, sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import { CHANNELS, OPEN_STATUSES } from '@/domain/vocabulary'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'
import { isQuiet, openPairs } from '../fragments/open-alerts'

/** Written out, not bound: the planner must see that it is the predicate of the index `orders_on_wall`. */
const isOpen = sql.raw(`status in (${OPEN_STATUSES.map((status) => `'${status}'`).join(', ')})`)

export type RestaurantToday = {
  restaurantId: number
  /** Between opening and closing time on its own clock. */
  isTrading: boolean
  /** Tickets open now, of whichever business date. */
  open: number
  /** Of those, which are late, and which are due and not late yet, by the thresholds that the wall goes by. */
  openLate: number
  openDue: number
  /** Since when the oldest of them has been running (fired, or until then placed), in milliseconds since 1970. */
  oldestSince: number | null
  /** Tickets of the business date of which it is known whether they were late: ready, or late already. */
  judged: number
  /** Of those, the late ones: ready after the threshold of their channel, or not ready and past it. */
  late: number
  /** Orders of the business date that were confirmed and not cancelled. */
  orders: number
  /** Cents: what those come to. */
  revenue: number
  /**
   * The same up to this time of day (of the running hour its share), averaged over those of the last four same weekdays
   * on which the restaurant sold anything; null if on none of them, or none of them is closed.
   */
  usualOrders: number | null
  usualRevenue: number | null
  /** Ingredients with an open alert that nobody said may wait, and those of which nothing is left. */
  alerts: number
  out: number
  /** Paired screens that showed their wall before, and those that have been silent for over two minutes. */
  screens: number
  silent: number
  /** When the first of the silent ones was last heard of, in milliseconds since 1970. */
  silentSince: number | null
}

type Row = Omit<RestaurantToday, 'revenue' | 'usualRevenue'> & {
  revenue: string
  usualRevenue: string | null
}

/** The threshold of an order by its channel, in minutes, of the columns that `mine` has for each. */
const minutesOf = (level: 'amber' | 'red'): SQL =>
  sql.raw(
    `case channel ${CHANNELS.map((channel) => `when '${channel}' then mine.${level}_${channel}`).join(' ')} end`,
  )

/** Of each channel its own threshold, or the restaurant's. */
const thresholds: SQL = sql.raw(
  CHANNELS.flatMap((channel) =>
    ['amber', 'red'].map(
      (
        level,
      ) => `coalesce(max(t.${level}_minutes) filter (where t.channel = '${channel}'), r.${level}_minutes)
        * interval '1 minute' as ${level}_${channel}`,
    ),
  ).join(', '),
)

/** Opening hours on the restaurant's clock; they may end after midnight, or never. */
const isTrading: SQL = sql`case
  when mine.opening_time < mine.closing_time
    then mine.local_now::time >= mine.opening_time and mine.local_now::time < mine.closing_time
  else mine.local_now::time >= mine.opening_time or mine.local_now::time < mine.closing_time end`

/** Hours on the restaurant's clock since that of its day cutoff began, as the hourly sums of a trading day count them. */
const hoursToday = (instant: SQL): SQL => sql`greatest(0, extract(epoch from
  ${instant} at time zone r.time_zone - (asked.business_date + date_trunc('hour', r.day_cutoff::interval))) / 3600)`

/** Of a column that adds up hour by hour what it was by now: the hours that are over, and its share of the running one. */
const byNow = (soFar: SQL): SQL => sql`(
  coalesce(${soFar}[mine.hours_over], 0) + mine.hour_share
    * (coalesce(${soFar}[mine.hours_over + 1], ${soFar}[cardinality(${soFar})]) - coalesce(${soFar}[mine.hours_over], 0)))`

/**
 * The last four same weekdays up to this time of day, over those on which anything was sold: from what was stored when
 * they were closed, so that a chain's past orders are not read again by everybody who looks.
 */
const usual: SQL = sql`
  select count(*) as days, sum(${byNow(sql`orders_so_far`)}) as orders, sum(${byNow(sql`revenue_so_far`)}) as revenue
  from daily_kitchen_metrics
  where restaurant_id = mine.restaurant_id
    and business_date in (
      mine.business_date - 7, mine.business_date - 14, mine.business_date - 21, mine.business_date - 28
    )
    and orders_so_far[cardinality(orders_so_far)] > 0`

/**
 * One row for each restaurant of the scope that `days` names, in no promised order: what is open, the business date so
 * far against the same weekdays before, what runs out and which screens are silent. Times of day compare by the
 * restaurant's wall clock.
 */
export async function listOverview(
  db: Db,
  scope: ChainScope,
  { now, days }: { now: Date; days: readonly { restaurantId: number; businessDate: string }[] },
): Promise<RestaurantToday[]> {
  const instant = sql`${now.toISOString()}::timestamptz`
  const rows = await db.execute<Row>(sql`
    with mine as materialized (
      select r.id as restaurant_id, asked.business_date, r.time_zone, ${instant} at time zone r.time_zone as local_now,
        r.opening_time, r.closing_time, ${thresholds},
        floor(${hoursToday(instant)})::int as hours_over, ${hoursToday(instant)} % 1 as hour_share
      from unnest(
        ${sql.param(days.map((day) => day.restaurantId))}::int[],
        ${sql.param(days.map((day) => day.businessDate))}::text[]::date[]
      ) as asked (restaurant_id, business_date)
      join restaurants r on r.id = asked.restaurant_id
      left join age_thresholds t on t.restaurant_id = r.id
      where r.id = any(${sql.param(scope.restaurantIds)}::int[])
      group by r.id, asked.business_date
    ), alerts as materialized (
      select restaurant_id, count(*) as alerts, count(*) filter (where severity = 3) as out
      from (${openPairs(scope.restaurantIds, sql`not bool_and(${isQuiet})`)}) a
      join ingredients i on i.id = a.ingredient_id and i.is_active
      group by restaurant_id
    ), screens as materialized (
      select restaurant_id, count(*) as screens, count(*) filter (where is_silent) as silent,
        min(last_seen_at) filter (where is_silent) as silent_since
      from (
        select restaurant_id, last_seen_at, last_seen_at <= ${instant} - interval '2 minutes' as is_silent
        from devices
        where restaurant_id = any(${sql.param(scope.restaurantIds)}::int[]) and revoked_at is null
          and last_seen_at is not null
      ) as paired
      group by restaurant_id
    )
    select mine.restaurant_id as "restaurantId", ${isTrading} as "isTrading",
      tickets.open, tickets."openLate", tickets."openDue", tickets."oldestSince",
      today.judged, today.late, today.orders, today.revenue,
      (usual.orders / nullif(usual.days, 0))::float8 as "usualOrders",
      round(usual.revenue / nullif(usual.days, 0)) as "usualRevenue",
      coalesce(alerts.alerts, 0)::int as alerts, coalesce(alerts.out, 0)::int as out,
      coalesce(screens.screens, 0)::int as screens, coalesce(screens.silent, 0)::int as silent,
      ${milliseconds(sql`screens.silent_since`)} as "silentSince"
    from mine
    cross join lateral (
      select count(*)::int as orders, coalesce(sum(total), 0) as revenue, (count(*) filter (where is_late))::int as late,
        (count(*) filter (where is_late or ready_at is not null))::int as judged
      from (
        select total, ready_at, coalesce(ready_at, ${instant}) - confirmed_at >= ${minutesOf('red')} as is_late
        from orders
        where restaurant_id = mine.restaurant_id and business_date = mine.business_date
          and confirmed_at is not null and status <> 'cancelled'
      ) as sold
    ) as today
    cross join lateral (${usual}) as usual
    cross join lateral (
      select count(*)::int as open, (count(*) filter (where age >= red))::int as "openLate",
        (count(*) filter (where age >= amber and age < red))::int as "openDue",
        ${milliseconds(sql`min(since)`)} as "oldestSince"
      from (
        select since, ${instant} - since as age, ${minutesOf('amber')} as amber, ${minutesOf('red')} as red
        from (
          select coalesce(confirmed_at, created_at) as since, channel from orders
          where restaurant_id = mine.restaurant_id and ${isOpen}
        ) as running
      ) as aged
    ) as tickets
    left join alerts on alerts.restaurant_id = mine.restaurant_id
    left join screens on screens.restaurant_id = mine.restaurant_id`)
  return rows.map(({ revenue, usualRevenue, ...row }) => ({
    ...row,
    revenue: Number(revenue),
    usualRevenue: usualRevenue === null ? null : Number(usualRevenue),
  }))
}
