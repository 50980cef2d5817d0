import { type SQL, sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { DayProgress } from '@/domain/usual-sales'
import { CHANNELS, OPEN_STATUSES } from '@/domain/vocabulary'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'
import { isQuiet, openPairs } from '../fragments/open-alerts'

/** Written out, not bound: the planner must see that it is the predicate of the index `orders_on_wall`. */
const isOpen = sql.raw(`status in (${OPEN_STATUSES.map((status) => `'${status}'`).join(', ')})`)

export type RestaurantToday = DayProgress & {
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
  /** Ingredients with an open alert that nobody said may wait, and those of which nothing is left. */
  alerts: number
  out: number
  /** Paired screens that showed their wall before, and those that have been silent for over two minutes. */
  screens: number
  silent: number
  /** When the first of the silent ones was last heard of, in milliseconds since 1970. */
  silentSince: number | null
}

type Row = Omit<RestaurantToday, 'revenue'> & { revenue: string }

const LEVELS = ['amber', 'red'] as const
const perChannel = (text: (level: string, channel: string) => string): SQL =>
  sql.raw(CHANNELS.flatMap((channel) => LEVELS.map((level) => text(level, channel))).join(', '))

/** A threshold of its own that a channel has, or null: two columns for each channel. */
const ownNames = perChannel((level, channel) => `own.${level}_${channel}`)
const ownThresholds = perChannel(
  (level, channel) =>
    `max(${level}_minutes) filter (where channel = '${channel}') * interval '1 minute' as ${level}_${channel}`,
)

/**
 * The threshold of an order: that of its channel, or the restaurant's. Most restaurants have none for a channel, and to
 * compare the channels of all their orders would take longer than all else here.
 */
const minutesOf = (level: (typeof LEVELS)[number]): SQL =>
  sql.raw(
    `coalesce(case when has_own then case channel ${CHANNELS.map((channel) => `when '${channel}' then ${level}_${channel}`).join(' ')} end end, ${level})`,
  )

/** Opening hours on the restaurant's clock; they may end after midnight, or never. */
const isTrading: SQL = sql`case
  when mine.opening_time < mine.closing_time
    then mine.local_now::time >= mine.opening_time and mine.local_now::time < mine.closing_time
  else mine.local_now::time >= mine.opening_time or mine.local_now::time < mine.closing_time end`

/** Hours on the restaurant's clock since that of its day cutoff began, as hourly sums of a trading day count them. */
const hoursToday = sql`greatest(0,
  date_part('epoch', local_now - (business_date + date_trunc('hour', day_cutoff::interval))) / 3600)`

/**
 * One row for each restaurant of the scope that `days` names, in no promised order: how far its day has come, what is
 * open, the business date so far, what runs out and which screens are silent. Times of day compare by the restaurant's
 * wall clock. What is usual by then is `listUsualSales`, which changes less often.
 *
 * Orders are read for all restaurants at once and not for one after the other: those of today lie together, whosever they
 * are. Joins are left ones for the planner, also where both sides are sure to have the restaurant: it can't know how many
 * a parameter holds, takes what an inner join leaves of a guess for a row or two, and then looks each up, or sorts
 * thousands of rows by restaurant instead of hashing them.
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
  // Whoever sees the whole chain has a date read at once, whosever the rows: that is quicker than 500 places in an index.
  const isRead = scope.isWholeChain ? sql`true` : isAsked
  // By the index `orders_day`, which is of this expression, or by the key of a restaurant's days.
  const orderDate = sql.raw(scope.isWholeChain ? 'business_date + 0' : 'business_date')
  const instant = sql`${now.toISOString()}::timestamptz`
  // One, or two that follow each other: the world has no more at a time.
  const dates = [...new Set(asked.map(({ businessDate }) => businessDate))].sort()
  const [first] = dates
  const last = dates.at(-1)
  if (first === undefined || last === undefined) return []
  const rows = await db.execute<Row>(sql`
    with own as (
      select restaurant_id, ${ownThresholds} from age_thresholds where ${isAsked} group by restaurant_id
    ), mine as materialized (
      select *, least(floor(hours), 24)::int as hours_over, hours - floor(hours) as hour_share
      from (
        select *, ${hoursToday} as hours
        from (
          select r.id as restaurant_id, asked.business_date, ${instant} at time zone r.time_zone as local_now,
            r.day_cutoff, r.opening_time, r.closing_time, r.red_minutes * interval '1 minute' as red,
            r.amber_minutes * interval '1 minute' as amber, own.restaurant_id is not null as has_own, ${ownNames}
          from restaurants r
          left join unnest(
            ${sql.param(restaurantIds)}::int[], ${sql.param(asked.map((day) => day.businessDate))}::text[]::date[]
          ) as asked (restaurant_id, business_date) on asked.restaurant_id = r.id
          left join own on own.restaurant_id = r.id
          where r.id = any(${sql.param(restaurantIds)}::int[])
          offset 0
        ) clocked
        offset 0
      ) timed
    ), seen as (
      select restaurant_id, count(*) filter (where is_sold) as orders, sum(total) filter (where is_sold) as revenue,
        count(*) filter (where is_sold and late_from <= done_at) as late,
        count(*) filter (where is_sold and (is_ready or late_from <= done_at)) as judged,
        count(*) filter (where is_open) as open, min(since) filter (where is_open) as oldest,
        count(*) filter (where is_open and late_from <= ${instant}) as open_late,
        count(*) filter (where is_open and due_from <= ${instant}) as open_late_or_due
      from (
        select restaurant_id, total, since, delivered_at is null and cancelled_at is null as is_open,
          confirmed_at is not null and cancelled_at is null and placed.business_date = mine.business_date as is_sold,
          ready_at is not null as is_ready, coalesce(ready_at, ${instant}) as done_at,
          since + ${minutesOf('red')} as late_from, since + ${minutesOf('amber')} as due_from
        from (
          -- Not the status but the times that go with each: to compare texts takes longer.
          select restaurant_id, business_date, channel, total, coalesce(confirmed_at, created_at) as since, confirmed_at,
            ready_at, delivered_at, cancelled_at
          from orders
          where ${isRead} and (${orderDate} between ${first}::date and ${last}::date or ${isOpen})
        ) as placed
        left join mine using (restaurant_id)
        offset 0
      ) as judged
      group by restaurant_id
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
    select mine.restaurant_id as "restaurantId", mine.business_date::text as "businessDate",
      mine.hours_over as "hoursOver", mine.hour_share as "hourShare", ${isTrading} as "isTrading",
      coalesce(seen.open, 0)::int as open, coalesce(seen.open_late, 0)::int as "openLate",
      coalesce(seen.open_late_or_due - seen.open_late, 0)::int as "openDue",
      ${milliseconds(sql`seen.oldest`)} as "oldestSince",
      coalesce(seen.judged, 0)::int as judged, coalesce(seen.late, 0)::int as late,
      coalesce(seen.orders, 0)::int as orders, coalesce(seen.revenue, 0) as revenue,
      coalesce(alerts.alerts, 0)::int as alerts, coalesce(alerts.out, 0)::int as out,
      coalesce(screens.screens, 0)::int as screens, coalesce(screens.silent, 0)::int as silent,
      ${milliseconds(sql`screens.silent_since`)} as "silentSince"
    from mine
    left join seen using (restaurant_id)
    left join alerts using (restaurant_id)
    left join screens using (restaurant_id)`)
  return rows.map((row) => ({ ...row, revenue: Number(row.revenue) }))
}
