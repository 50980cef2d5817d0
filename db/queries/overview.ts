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

const LEVELS = ['amber', 'red'] as const
const perChannel = (text: (level: string, channel: string) => string): string[] =>
  CHANNELS.flatMap((channel) => LEVELS.map((level) => text(level, channel)))

/** Of each channel its own threshold, or the restaurant's: two columns for each. */
const thresholdNames: SQL = sql.raw(perChannel((level, channel) => `${level}_${channel}`).join(', '))
const thresholds: SQL = sql.raw(
  perChannel(
    (level, channel) =>
      `coalesce(${channel}.${level}_minutes, r.${level}_minutes) * interval '1 minute' as ${level}_${channel}`,
  ).join(', '),
)
const ownThresholds: SQL = sql.raw(
  CHANNELS.map(
    (channel) =>
      `left join age_thresholds ${channel} on ${channel}.restaurant_id = r.id and ${channel}.channel = '${channel}'`,
  ).join('\n'),
)

/** The threshold of an order by its channel, of the columns that `mine` has for each. */
const minutesOf = (level: (typeof LEVELS)[number]): SQL =>
  sql.raw(
    `case channel ${CHANNELS.map((channel) => `when '${channel}' then ${level}_${channel}`).join(' ')} end`,
  )

/** Opening hours on the restaurant's clock; they may end after midnight, or never. */
const isTrading: SQL = sql`case
  when mine.opening_time < mine.closing_time
    then mine.local_now::time >= mine.opening_time and mine.local_now::time < mine.closing_time
  else mine.local_now::time >= mine.opening_time or mine.local_now::time < mine.closing_time end`

/** Microseconds on the restaurant's clock since the hour of its day cutoff began, as hourly sums of a trading day count them. */
const timeToday = (instant: SQL): SQL => sql`greatest(0, 1000000 * date_part('epoch',
  ${instant} at time zone r.time_zone - (asked.business_date + date_trunc('hour', r.day_cutoff::interval))))::bigint`

const HOUR = sql.raw('3600000000')
/** How many of them a stored day has. */
const HOURS = sql.raw('24')

/**
 * What the days of `usual` came to by now, times `HOUR`, of a column that adds up hour by hour: the hours that are over,
 * and of the running one its share. In whole numbers, which are exact and cost a tenth of decimal ones.
 */
const byNow = (column: string): SQL => {
  const [over, begun] = [sql.raw(`usual.${column}_over`), sql.raw(`usual.${column}_begun`)]
  return sql`((${HOUR} - mine.into_hour) * coalesce(${over}, 0) + mine.into_hour * ${begun})`
}

/** An average over the days of `usual`. */
const average = (sum: SQL): SQL => sql`(${sum}::numeric / nullif(usual.days * ${HOUR}, 0))`

/**
 * One row for each restaurant of the scope that `days` names, in no promised order: what is open, the business date so
 * far against the same weekdays before, what runs out and which screens are silent. Times of day compare by the
 * restaurant's wall clock.
 *
 * Orders of today and open ones are looked for together: most are both, and each is read once.
 */
export async function listOverview(
  db: Db,
  scope: ChainScope,
  { now, days }: { now: Date; days: readonly { restaurantId: number; businessDate: string }[] },
): Promise<RestaurantToday[]> {
  const allowed = new Set(scope.restaurantIds)
  const asked = days.filter(({ restaurantId }) => allowed.has(restaurantId))
  const restaurantIds = asked.map(({ restaurantId }) => restaurantId)
  const isAsked = sql`restaurant_id = any(${sql.param(restaurantIds)}::int[])`
  const instant = sql`${now.toISOString()}::timestamptz`
  const rows = await db.execute<Row>(sql`
    with mine as materialized (
      select id as restaurant_id, business_date, local_now, opening_time, closing_time, ${thresholdNames},
        least(since / ${HOUR}, ${HOURS})::int as hours_over, least(since / ${HOUR} + 1, ${HOURS})::int as hours_begun,
        since % ${HOUR} as into_hour
      from (
        select r.id, asked.business_date, ${instant} at time zone r.time_zone as local_now, r.opening_time,
          r.closing_time, ${thresholds}, ${timeToday(instant)} as since
        from unnest(
          ${sql.param(restaurantIds)}::int[], ${sql.param(asked.map((day) => day.businessDate))}::text[]::date[]
        ) as asked (restaurant_id, business_date)
        join restaurants r on r.id = asked.restaurant_id
        ${ownThresholds}
      ) timed
    ), alerts as (
      select restaurant_id, count(*) as alerts, count(*) filter (where severity = 3) as out
      from (${openPairs(restaurantIds, sql`not bool_and(${isQuiet})`)}) a
      join ingredients i on i.id = a.ingredient_id and i.is_active
      group by restaurant_id
    ), screens as (
      select restaurant_id, count(*) as screens, count(*) filter (where is_silent) as silent,
        min(last_seen_at) filter (where is_silent) as silent_since
      from (
        select restaurant_id, last_seen_at, last_seen_at <= ${instant} - interval '2 minutes' as is_silent
        from devices
        where ${isAsked} and revoked_at is null and last_seen_at is not null
      ) as paired
      group by restaurant_id
    )
    select mine.restaurant_id as "restaurantId", ${isTrading} as "isTrading",
      seen.open, seen.open_late as "openLate", seen.open_red_or_amber - seen.open_late as "openDue",
      ${milliseconds(sql`seen.oldest`)} as "oldestSince",
      seen.judged, seen.late, seen.orders, seen.revenue,
      ${average(byNow('orders'))}::float8 as "usualOrders", round(${average(byNow('revenue'))}) as "usualRevenue",
      coalesce(alerts.alerts, 0)::int as alerts, coalesce(alerts.out, 0)::int as out,
      coalesce(screens.screens, 0)::int as screens, coalesce(screens.silent, 0)::int as silent,
      ${milliseconds(sql`screens.silent_since`)} as "silentSince"
    from mine
    cross join lateral (
      select (count(*) filter (where is_sold))::int as orders, coalesce(sum(total) filter (where is_sold), 0) as revenue,
        (count(*) filter (where is_sold and is_late))::int as late,
        (count(*) filter (where is_sold and (is_ready or is_late)))::int as judged,
        (count(*) filter (where is_open))::int as open, min(since) filter (where is_open) as oldest,
        (count(*) filter (where is_open and since + red <= ${instant}))::int as open_late,
        (count(*) filter (where is_open and since + amber <= ${instant}))::int as open_red_or_amber
      from (
        select total, ${isOpen} as is_open, coalesce(confirmed_at, created_at) as since, ready_at is not null as is_ready,
          business_date = mine.business_date and confirmed_at is not null and status <> 'cancelled' as is_sold,
          confirmed_at + ${minutesOf('red')} <= coalesce(ready_at, ${instant}) as is_late,
          ${minutesOf('red')} as red, ${minutesOf('amber')} as amber
        from orders
        where restaurant_id = mine.restaurant_id and (business_date = mine.business_date or ${isOpen})
        offset 0
      ) as orders
    ) as seen
    cross join lateral (
      -- From what was stored when those days were closed, so that past orders are not read again by all who look.
      select count(*) as days, sum(orders_so_far[mine.hours_over]) as orders_over,
        sum(orders_so_far[mine.hours_begun]) as orders_begun,
        sum(revenue_so_far[mine.hours_over]) as revenue_over, sum(revenue_so_far[mine.hours_begun]) as revenue_begun
      from daily_kitchen_metrics
      where restaurant_id = mine.restaurant_id
        and business_date in (
          mine.business_date - 7, mine.business_date - 14, mine.business_date - 21, mine.business_date - 28
        )
        and orders_so_far[${HOURS}] > 0
    ) as usual
    left join alerts using (restaurant_id)
    left join screens using (restaurant_id)`)
  return rows.map(({ revenue, usualRevenue, ...row }) => ({
    ...row,
    revenue: Number(revenue),
    usualRevenue: usualRevenue === null ? null : Number(usualRevenue),
  }))
}
