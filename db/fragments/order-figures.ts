import { type SQL, sql } from 'drizzle-orm'
import { LONGEST_COUNTED_MINUTES } from '@/domain/ticket-time'
import type { FigureDimension } from '@/domain/vocabulary'

const OUTLIER_SECONDS = sql.raw(String(LONGEST_COUNTED_MINUTES * 60))

/**
 * Clauses of a `with` that compute the figures of business days from their orders: `share` has a row for each order and
 * whatever it counts for (the day, its channel, its hour, each of its stations), `figure` sums those up in the columns of
 * `daily_kitchen_parts`. The job that closes a day and the reports of days that are not closed read the same ones.
 *
 * A ticket is late from the age on at which the wall calls it late. A station's part of it is done when its last dish was
 * ticked off for the last time, or else when the whole ticket was ready.
 * @param days a query of `restaurant_id, business_date`, each pair once
 * @param only the dimension that is asked for, where one is: nothing is read for the others
 */
export const orderFigures = (days: SQL, only: FigureDimension | null = null): SQL => sql`
  asked as materialized (${days}),
  ticket as materialized (
    -- A probe for each day: no guess of how many there are leads to a scan of all orders.
    select o.restaurant_id, o.business_date, o.id, o.status, o.channel, o.total, o.confirmed_at, o.ready_at,
      to_char(o.created_at at time zone r.time_zone, 'HH24') as hour,
      case when o.ready_at >= o.confirmed_at then extract(epoch from o.ready_at - o.confirmed_at) end as seconds,
      60 * coalesce(t.red_minutes, r.red_minutes) as red
    from asked
    join restaurants r on r.id = asked.restaurant_id
    cross join lateral (
      select * from orders
      where restaurant_id = asked.restaurant_id and business_date = asked.business_date
      offset 0
    ) o
    left join age_thresholds t on t.restaurant_id = o.restaurant_id and t.channel = o.channel
  ), event as materialized (
    select o.restaurant_id, o.id, e.kind, e.at, e.details
    from ticket o
    cross join lateral (
      select kind, at, details from order_events
      where restaurant_id = o.restaurant_id and order_id = o.id and kind in ('recalled', 'item_status')
      offset 0
    ) e
  ), recalled as (
    select restaurant_id, id, count(*) as recalls from event where kind = 'recalled' group by restaurant_id, id
  ), ticked as (
    select e.restaurant_id, e.id, (i.item ->> 'line')::int as line, max(e.at) as at
    from event e cross join lateral jsonb_array_elements(e.details -> 'items') i (item)
    where e.kind = 'item_status' and i.item ->> 'status' = 'done'
    group by e.restaurant_id, e.id, line
  ), station as (
    select o.restaurant_id, o.business_date, o.id, o.status, o.confirmed_at, o.seconds, o.red, m.station,
      sum(i.subtotal) as total, sum(i.quantity) as dishes,
      extract(epoch from least(max(coalesce(d.at, o.ready_at)), o.ready_at) - o.confirmed_at) as own_seconds
    from (select * from ticket where ${only === null || only === 'station'}::boolean) o
    cross join lateral (
      select * from order_items where restaurant_id = o.restaurant_id and order_id = o.id offset 0
    ) i
    join menu_items m on m.id = i.menu_item_id
    left join ticked d on d.restaurant_id = o.restaurant_id and d.id = o.id and d.line = i.line
    group by o.restaurant_id, o.business_date, o.id, o.status, o.confirmed_at, o.ready_at, o.seconds, o.red, m.station
  ), share as materialized (
    select o.restaurant_id, o.business_date, d.dimension, d.part, o.status, o.confirmed_at is not null as is_fired,
      o.total::bigint as total, coalesce(r.recalls, 0) as recalls, 0::bigint as dishes, o.seconds, o.red
    from ticket o
    left join recalled r on r.restaurant_id = o.restaurant_id and r.id = o.id
    cross join lateral (values ('day', ''), ('channel', o.channel), ('hour', o.hour)) d (dimension, part)
    where d.dimension = ${only}::text or ${only === null}::boolean
    union all
    select restaurant_id, business_date, 'station', station, status, confirmed_at is not null, total, 0, dishes,
      case when seconds is not null then greatest(own_seconds, 0) end, red
    from station
  ), minute as (
    select restaurant_id, business_date, dimension, part, array_agg(minute order by minute)::smallint[] as minutes,
      array_agg(tickets order by minute)::int[] as minute_tickets
    from (
      select restaurant_id, business_date, dimension, part,
        least(floor(seconds / 60), ${LONGEST_COUNTED_MINUTES}::int)::int as minute, count(*) as tickets
      from share where seconds is not null
      group by 1, 2, 3, 4, 5
    ) counted
    group by restaurant_id, business_date, dimension, part
  ), figure as materialized (
    select restaurant_id, business_date, dimension, part,
      count(*)::int as placed,
      (count(*) filter (where status = 'delivered'))::int as completed,
      (count(*) filter (where status = 'cancelled' and not is_fired))::int as cancelled_before_firing,
      (count(*) filter (where status = 'cancelled' and is_fired))::int as cancelled_after_firing,
      (count(*) filter (where status <> 'cancelled' and is_fired))::int as sold,
      coalesce(sum(total) filter (where status <> 'cancelled' and is_fired), 0)::bigint as revenue,
      sum(recalls)::int as recalls,
      count(seconds)::int as tickets,
      (count(*) filter (where seconds >= least(red, ${OUTLIER_SECONDS})))::int as late,
      (count(*) filter (where seconds >= ${OUTLIER_SECONDS}))::int as outliers,
      round(1000 * coalesce(sum(seconds) filter (where seconds < ${OUTLIER_SECONDS}), 0))::bigint as ticket_ms,
      round(1000 * coalesce(sum(seconds) filter (where seconds >= ${OUTLIER_SECONDS}), 0))::bigint as outlier_ms,
      sum(dishes)::int as dishes,
      coalesce(minutes, '{}') as minutes, coalesce(minute_tickets, '{}') as minute_tickets
    from share
    left join minute using (restaurant_id, business_date, dimension, part)
    group by restaurant_id, business_date, dimension, part, minutes, minute_tickets
  )`

/** What `numeric(7, 2)` holds: a ticket that somebody bumped months late must not stop everybody's figures. */
export const LONGEST_STORED_MINUTES = 99_999.99

/**
 * The exact median and p90 of ticket times in minutes of each whole day of `share` above, with and without outliers, in
 * columns of `daily_kitchen_metrics`.
 */
export const exactTicketTimes: SQL = sql`
  select restaurant_id, business_date, ${percentile(0.5)} as median_prep_time, ${percentile(0.9)} as p90_prep_time,
    ${percentile(0.5, sql`filter (where seconds < ${OUTLIER_SECONDS})`)} as median_without_outliers,
    ${percentile(0.9, sql`filter (where seconds < ${OUTLIER_SECONDS})`)} as p90_without_outliers
  from share where dimension = 'day'
  group by restaurant_id, business_date`

function percentile(share: number, filter: SQL = sql``): SQL {
  const at = sql`percentile_cont(${sql.raw(String(share))}) within group (order by seconds) ${filter}`
  return sql`case when count(seconds) ${filter} > 0
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
