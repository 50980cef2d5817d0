import { type SQL, sql } from 'drizzle-orm'
import { LONGEST_COUNTED_MINUTES } from '@/domain/ticket-time'
import type { FigureDimension } from '@/domain/vocabulary'
import { inSpans, orderSpans } from './order-spans'

const MINUTE = sql.raw('60000000::bigint')
const OUTLIER = sql.raw(`${LONGEST_COUNTED_MINUTES * 60_000_000}::bigint`)

/** An interval in microseconds, exactly: whole numbers cost a fraction of decimal ones. */
const micros = (interval: SQL): SQL => sql`(date_part('epoch', ${interval}) * 1000000)::bigint`

/** What a share is of, where it is not a station's. */
const PARTS: Readonly<Record<Exclude<FigureDimension, 'station'>, SQL>> = {
  day: sql`''`,
  channel: sql`o.channel`,
  hour: sql`to_char(o.created_at at time zone o.time_zone, 'HH24')`,
}

type Asked = {
  /** The dimension that is asked for, where one is: nothing is read for the others. */
  only?: FigureDimension
  /** Of each restaurant by itself; without it all are counted together, and `restaurant_id` is null. */
  each?: boolean
}

/**
 * Clauses of a `with` that compute the figures of business days from their orders: `share` has a row for each order and
 * whatever it counts for (the day, its channel, its hour, each of its stations), `figure` sums those up in the columns of
 * `daily_kitchen_parts`. The job that closes a day and the reports of days that are not closed read the same ones.
 *
 * A ticket is late from the age on at which the wall calls it late. A station's part of it is done when its last dish was
 * ticked off for the last time, or else when the whole ticket was ready.
 * @param days a query of `restaurant_id, first, last`: business dates, each of a restaurant once
 */
export function orderFigures(days: SQL, { only, each = false }: Asked = {}): SQL {
  const shares = [
    ...(only === 'station' ? [] : [wholeShares(only)]),
    ...(only === undefined || only === 'station' ? [stationShares] : []),
  ]
  const key = sql`${each ? sql`restaurant_id` : sql`null::int as restaurant_id`}, business_date, dimension, part`
  return sql`
  asked as materialized (${days}),
  ticket as materialized (
    -- A probe for each restaurant: no guess of how many orders there are leads to a scan of all.
    select o.restaurant_id, o.business_date, o.id, o.status, o.channel, o.total, o.created_at, o.confirmed_at, o.ready_at,
      r.time_zone, case when o.ready_at >= o.confirmed_at then ${micros(sql`o.ready_at - o.confirmed_at`)} end as micros,
      ${MINUTE} * coalesce(t.red_minutes, r.red_minutes) as red
    from asked
    join restaurants r on r.id = asked.restaurant_id
    cross join lateral (
      select restaurant_id, business_date, id, status, channel, total, created_at, confirmed_at, ready_at from orders
      where restaurant_id = asked.restaurant_id and business_date between asked.first and asked.last
      offset 0
    ) o
    left join age_thresholds t on t.restaurant_id = o.restaurant_id and t.channel = o.channel
  ), ${orderSpans('ticket')}, share as ${only ? sql`` : sql`materialized `}(
    ${sql.join(shares, sql` union all `)}
  ), cell as (
    select ${key}, minute,
      count(*) as placed, count(*) filter (where is_delivered) as completed,
      count(*) filter (where is_cancelled and not is_fired) as cancelled_before_firing,
      count(*) filter (where is_cancelled and is_fired) as cancelled_after_firing,
      count(*) filter (where is_fired and not is_cancelled) as sold,
      sum(total) filter (where is_fired and not is_cancelled) as revenue,
      sum(recalls) as recalls, count(micros) as tickets, count(*) filter (where is_late) as late,
      sum(micros) as micros, sum(dishes) as dishes
    from (
      -- Told once of each share, and not again for each count of it.
      select *, status = 'delivered' as is_delivered, status = 'cancelled' as is_cancelled,
        micros >= least(red, ${OUTLIER}) as is_late,
        least(micros / ${MINUTE}, ${LONGEST_COUNTED_MINUTES}::int)::int as minute
      from share
      offset 0
    ) s
    -- Hashed for the sake of a sum of everything, which is none of the cells; sorting them took as long as all the rest.
    group by grouping sets ((${each ? sql`restaurant_id, ` : sql``}business_date, dimension, part, minute), ())
  ), figure as materialized (
    -- A cell of tickets without a time has no minute.
    select restaurant_id, business_date, dimension, part,
      sum(placed)::int as placed, sum(completed)::int as completed,
      sum(cancelled_before_firing)::int as cancelled_before_firing,
      sum(cancelled_after_firing)::int as cancelled_after_firing,
      sum(sold)::int as sold, coalesce(sum(revenue), 0)::bigint as revenue, sum(recalls)::int as recalls,
      sum(tickets)::int as tickets, sum(late)::int as late,
      coalesce(sum(tickets) filter (where ${isOutlier}), 0)::int as outliers,
      round(coalesce(sum(micros) filter (where not ${isOutlier}), 0) / 1000)::bigint as ticket_ms,
      round(coalesce(sum(micros) filter (where ${isOutlier}), 0) / 1000)::bigint as outlier_ms,
      sum(dishes)::int as dishes,
      coalesce(array_agg(minute order by minute) filter (where minute is not null), '{}')::smallint[] as minutes,
      coalesce(array_agg(tickets order by minute) filter (where minute is not null), '{}')::int[] as minute_tickets
    from cell
    where business_date is not null
    group by restaurant_id, business_date, dimension, part
  )`
}

const isOutlier = sql`minute = ${sql.raw(String(LONGEST_COUNTED_MINUTES))}`

/** What each order counts for as a whole. Recalls are few, and so is what their index holds. */
const wholeShares = (only: Exclude<FigureDimension, 'station'> | undefined): SQL => sql`
  select o.restaurant_id, o.business_date, ${only ? sql`${only}::text as dimension, ${PARTS[only]} as part` : sql`d.dimension, d.part`},
    o.status, o.confirmed_at is not null as is_fired, o.total::bigint as total, o.recalls, 0::bigint as dishes,
    o.micros, o.red
  from (
    select t.*, coalesce(e.recalls, 0) as recalls
    from ticket t
    left join (
      select restaurant_id, order_id, count(*) as recalls
      from (${inSpans('order_events', { columns: sql`order_id`, where: sql`kind = 'recalled'` })}) e
      group by restaurant_id, order_id
    ) e on e.restaurant_id = t.restaurant_id and e.order_id = t.id
    offset 0
  ) o
  ${only ? sql`` : sql`cross join lateral (values ('day', ${PARTS.day}), ('channel', ${PARTS.channel}), ('hour', ${PARTS.hour})) d (dimension, part)`}`

/** What each order counts for at each station that it has dishes of. */
const stationShares: SQL = sql`
  select restaurant_id, business_date, 'station' as dimension, station as part, status, confirmed_at is not null as is_fired,
    part.total, 0::bigint as recalls, dishes,
    case when micros is not null then greatest(${micros(sql`least(done_at, ready_at) - confirmed_at`)}, 0) end as micros,
    red
  from (
    select i.restaurant_id, i.order_id as id, m.station, sum(i.subtotal) as total,
      sum(i.quantity) as dishes,
      -- Not a dish that nobody ticked off: it was done when the whole ticket was.
      case when bool_and(d.at is not null) then max(d.at) end as done_at
    from (${inSpans('order_items', { columns: sql`order_id, line, menu_item_id, subtotal, quantity` })}) i
    join menu_items m on m.id = i.menu_item_id
    left join (
      select e.restaurant_id, e.order_id, (i.item ->> 'line')::int as line, max(e.at) as at
      from (${inSpans('order_events', { columns: sql`order_id, at, details`, where: sql`kind = 'item_status'` })}) e
      cross join lateral jsonb_array_elements(e.details -> 'items') i (item)
      where i.item ->> 'status' = 'done'
      group by e.restaurant_id, e.order_id, line
    ) d on d.restaurant_id = i.restaurant_id and d.order_id = i.order_id and d.line = i.line
    group by i.restaurant_id, i.order_id, m.station
  ) part
  join ticket using (restaurant_id, id)`

/** What `numeric(7, 2)` holds: a ticket that somebody bumped months late must not stop everybody's figures. */
export const LONGEST_STORED_MINUTES = 99_999.99

/**
 * The exact median and p90 of ticket times in minutes of each whole day of `share` above, with and without outliers, in
 * columns of `daily_kitchen_metrics`.
 */
export const exactTicketTimes: SQL = sql`
  select restaurant_id, business_date, ${percentile(0.5)} as median_prep_time, ${percentile(0.9)} as p90_prep_time,
    ${percentile(0.5, sql`filter (where micros < ${OUTLIER})`)} as median_without_outliers,
    ${percentile(0.9, sql`filter (where micros < ${OUTLIER})`)} as p90_without_outliers
  from share where dimension = 'day'
  group by restaurant_id, business_date`

function percentile(share: number, filter: SQL = sql``): SQL {
  const at = sql`percentile_cont(${sql.raw(String(share))}) within group (order by micros / 1000000.0) ${filter}`
  return sql`case when count(micros) ${filter} > 0
    then round(least((${at})::numeric / 60, ${sql.raw(String(LONGEST_STORED_MINUTES))}), 2) end`
}

/** The columns of `daily_kitchen_parts` that are counters: sums of days and restaurants are sums of these. */
export const COUNTERS = [
  'placed',
  'completed',
  'cancelled_before_firing',
  'cancelled_after_firing',
  'sold',
  'revenue',
  'recalls',
  'tickets',
  'late',
  'outliers',
  'ticket_ms',
  'outlier_ms',
  'dishes',
] as const

export const counterColumns: SQL = sql.raw(COUNTERS.join(', '))
