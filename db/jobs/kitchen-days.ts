import { type SQL, sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import { KITCHEN_DAYS_TAG } from '@/domain/cache-tags'
import { FIGURE_DIMENSIONS, type RecomputedReason } from '@/domain/vocabulary'
import type { Db } from '../client'
import {
  COUNTERS,
  counterColumns,
  exactTicketTimes,
  LONGEST_STORED_MINUTES,
  orderFigures,
} from '../fragments/order-figures'
import { invalidate } from '../mutations/invalidate'
import { salesOf } from './rollup'

/** A business day of a restaurant that has ended, and up to which feed number its events are looked at. */
export type KitchenDay = { restaurantId: number; businessDate: BusinessDate; seq: number }

/**
 * Stores sales, figures and the chain's sums of some days that have ended, in one transaction. Who stores waits for
 * whoever stores before, and only then takes its snapshot: figures are never overwritten by older ones, and the chain's
 * sums miss nobody's. Returns how many days were stored; those whose orders were purged stand as they are.
 */
export async function storeDays(
  tx: Db,
  days: readonly KitchenDay[],
  because: RecomputedReason | null,
): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('brigade kitchen metrics', 0))`)
  const whole = await tx.execute<KitchenDay>(daysToStore(days, because))
  const stored = pairsOf(whole)
  await tx.execute(sql`with ${salesOf(stored)} select count(*) from stored`)
  await tx.execute(sql`
    delete from daily_kitchen_parts p using (${stored}) d
    where p.restaurant_id = d.restaurant_id and p.business_date = d.business_date`)
  await tx.execute(storeFigures(stored, because))
  await tx.execute(sumMonths(stored))
  await tx.execute(reachedDays(days))
  await sumChain(tx, [...new Set(whole.map(({ businessDate }) => businessDate))])
  if (whole.length > 0) await invalidate(tx, [KITCHEN_DAYS_TAG])
  return whole.length
}

const pairsOf = (days: readonly KitchenDay[]): SQL => sql`
  select restaurant_id, business_date from unnest(
    ${sql.param(days.map((day) => day.restaurantId))}::int[],
    ${sql.param(days.map((day) => day.businessDate))}::text[]::date[]
  ) as stored (restaurant_id, business_date)`

/**
 * Orders only ever leave by the purge, so a day with fewer orders than its stored metrics counted has been purged: its
 * figures stand for good. A day that is to be closed may have been closed by another run meanwhile.
 */
const daysToStore = (days: readonly KitchenDay[], because: RecomputedReason | null): SQL => sql`
  select d.restaurant_id as "restaurantId", d.business_date::text as "businessDate"
  from (${pairsOf(days)}) d
  left join daily_kitchen_metrics m on m.restaurant_id = d.restaurant_id and m.business_date = d.business_date
  left join kitchen_rollups k on k.restaurant_id = d.restaurant_id and k.through >= d.business_date
  where (k.restaurant_id is not null) = ${because !== null}::boolean and (m.restaurant_id is null or (
    select count(*) from orders o where o.restaurant_id = d.restaurant_id and o.business_date = d.business_date
  ) >= (select sum(hour) from unnest(m.orders_by_hour) as hour))`

/** One statement for all days: from their orders into `daily_kitchen_parts` and `daily_kitchen_metrics`. */
const storeFigures = (days: SQL, because: RecomputedReason | null): SQL => sql`
  with ${orderFigures(sql`select restaurant_id, business_date as first, business_date as last from (${days}) d`, { each: true })}, exact as (${exactTicketTimes}), hour as (
    select asked.restaurant_id, asked.first as business_date, slot, (extract(hour from r.day_cutoff)::int + slot) % 24 as hour
    from asked
    join restaurants r on r.id = asked.restaurant_id
    cross join generate_series(0, 23) as slot
  ), running as (
    select h.restaurant_id, h.business_date, h.slot, h.hour, coalesce(f.placed, 0) as placed,
      sum(coalesce(f.sold, 0)) over day as sold_so_far, sum(coalesce(f.revenue, 0)) over day as revenue_so_far
    from hour h
    left join figure f on f.restaurant_id = h.restaurant_id and f.business_date = h.business_date
      and f.dimension = 'hour' and f.part = lpad(h.hour::text, 2, '0')
    window day as (partition by h.restaurant_id, h.business_date order by h.slot)
  ), by_hour as (
    select restaurant_id, business_date, array_agg(placed order by hour)::int[] as placed,
      array_agg(sold_so_far order by slot)::int[] as sold_so_far,
      array_agg(revenue_so_far order by slot)::bigint[] as revenue_so_far,
      -- The earliest of equals.
      (array_agg(hour order by placed desc, hour))[1] as peak
    from running
    group by restaurant_id, business_date
  ), parts as (
    insert into daily_kitchen_parts (restaurant_id, business_date, dimension, part, ${counterColumns}, minutes,
      minute_tickets)
    select restaurant_id, business_date, dimension, part, ${counterColumns}, minutes, minute_tickets
    from figure
    order by restaurant_id, business_date, dimension, part
  )
  insert into daily_kitchen_metrics as m (restaurant_id, business_date, orders_completed, orders_cancelled,
    average_prep_time, median_prep_time, p90_prep_time, median_without_outliers, p90_without_outliers, revenue,
    peak_hour_start, peak_hour_end, orders_by_hour, orders_so_far, revenue_so_far, prep_minutes_histogram,
    computed_at, closed_at)
  select h.restaurant_id, h.business_date, coalesce(f.completed, 0),
    coalesce(f.cancelled_before_firing + f.cancelled_after_firing, 0),
    case when f.tickets > 0
      then round(least((f.ticket_ms + f.outlier_ms) / 60000.0 / f.tickets, ${LONGEST_STORED_MINUTES}::numeric), 2) end,
    e.median_prep_time, e.p90_prep_time, e.median_without_outliers, e.p90_without_outliers, coalesce(f.revenue, 0),
    case when f.placed > 0 then make_time(h.peak, 0, 0) end,
    case when f.placed > 0 then make_time((h.peak + 1) % 24, 0, 0) end,
    h.placed, h.sold_so_far, h.revenue_so_far, '{}', now(), now()
  from by_hour h
  left join figure f on f.restaurant_id = h.restaurant_id and f.business_date = h.business_date
    and f.dimension = 'day'
  left join exact e on e.restaurant_id = h.restaurant_id and e.business_date = h.business_date
  order by h.restaurant_id, h.business_date
  on conflict (restaurant_id, business_date) do update set ${sql.join(
    METRICS.map((column) => sql`${sql.raw(column)} = excluded.${sql.raw(column)}`),
    sql`, `,
  )}, prep_minutes_histogram = excluded.prep_minutes_histogram, computed_at = excluded.computed_at,
    closed_at = coalesce(m.closed_at, excluded.closed_at),
    recomputed_at = case when ${isChanged} then excluded.computed_at else m.recomputed_at end,
    recomputed_because = case when ${isChanged} then ${because}::text else m.recomputed_because end`

const METRICS = [
  'orders_completed',
  'orders_cancelled',
  'average_prep_time',
  'median_prep_time',
  'p90_prep_time',
  'median_without_outliers',
  'p90_without_outliers',
  'revenue',
  'peak_hour_start',
  'peak_hour_end',
  'orders_by_hour',
  'orders_so_far',
  'revenue_so_far',
]

const rowOf = (table: string): SQL => sql.raw(`(${METRICS.map((column) => `${table}.${column}`).join(', ')})`)

const isChanged = sql`m.closed_at is not null and ${rowOf('m')} is distinct from ${rowOf('excluded')}`

const monthOf = (date: SQL): SQL => sql`date_trunc('month', ${date}::timestamp)::date`

/** The months of some days, of each restaurant, from all of its days in them. */
const sumMonths = (days: SQL): SQL => sql`
  insert into monthly_kitchen_figures (restaurant_id, month, ${counterColumns})
  select asked.restaurant_id, asked.month, ${sumsOfCounters}
  from (select distinct restaurant_id, ${monthOf(sql`business_date`)} as month from (${days}) d) asked
  cross join lateral (
    select * from daily_kitchen_parts
    where restaurant_id = asked.restaurant_id and dimension = 'day'
      and business_date >= asked.month and business_date < asked.month + interval '1 month'
    offset 0
  ) d
  group by asked.restaurant_id, asked.month
  order by asked.restaurant_id, asked.month
  on conflict (restaurant_id, month) do update set ${sql.raw(COUNTERS.map((name) => `${name} = excluded.${name}`).join(', '))}`

/** Days are stored in the order of their dates, so the last one is how far each restaurant has come. */
const reachedDays = (days: readonly KitchenDay[]): SQL => sql`
  insert into kitchen_rollups as k (restaurant_id, through, seq)
  select restaurant_id, max(business_date), max(seq)
  from unnest(
    ${sql.param(days.map((day) => day.restaurantId))}::int[],
    ${sql.param(days.map((day) => day.businessDate))}::text[]::date[],
    ${sql.param(days.map((day) => day.seq))}::bigint[]
  ) as stored (restaurant_id, business_date, seq)
  group by restaurant_id
  on conflict (restaurant_id) do update set through = greatest(k.through, excluded.through)`

const sumsOfCounters = sql.raw(COUNTERS.map((name) => `sum(${name}) as ${name}`).join(', '))

/** The chain's sums of some business dates, over all restaurants that have closed them. */
async function sumChain(tx: Db, dates: readonly BusinessDate[]): Promise<void> {
  const asked = sql`unnest(${sql.param(dates)}::text[]::date[]) as asked (business_date)`
  await tx.execute(sql`
    delete from chain_kitchen_parts c using ${asked}
    where c.dimension = any(${sql.param(FIGURE_DIMENSIONS)}::text[]) and c.business_date = asked.business_date`)
  await tx.execute(
    storeSums(
      { table: 'chain_kitchen_parts', date: 'business_date' },
      sql`
      select d.* from ${asked}
      cross join kitchen_rollups k
      cross join lateral (
        select * from daily_kitchen_parts
        where restaurant_id = k.restaurant_id and business_date = asked.business_date
        offset 0
      ) d`,
    ),
  )
  await tx.execute(
    sql`delete from chain_item_sales c using ${asked} where c.business_date = asked.business_date`,
  )
  await tx.execute(sql`
    insert into chain_item_sales (business_date, menu_item_id, units, revenue)
    select asked.business_date, s.menu_item_id, sum(s.units), sum(s.revenue)
    from ${asked}
    cross join kitchen_rollups k
    cross join lateral (
      select * from daily_item_sales
      where restaurant_id = k.restaurant_id and business_date = asked.business_date and business_date <= k.through
      offset 0
    ) s
    group by asked.business_date, s.menu_item_id
    order by asked.business_date, s.menu_item_id`)
  await sumChainMonths(tx, dates)
}

type Summed = { table: 'chain_kitchen_parts' | 'chain_kitchen_months'; date: 'business_date' | 'month' }

/** Sums up rows of figures by their date, dimension and part; minutes are numbers of tickets, which add up minute by minute. */
function storeSums({ table, date }: Summed, figures: SQL): SQL {
  const key = sql.raw(`dimension, ${date}, part`)
  return sql`
    with source as materialized (${figures}), minute as (
      select ${key}, array_agg(minute order by minute)::smallint[] as minutes,
        array_agg(tickets order by minute)::int[] as minute_tickets
      from (
        select ${key}, h.minute, sum(h.tickets) as tickets
        from source cross join lateral unnest(minutes, minute_tickets) as h (minute, tickets)
        group by ${key}, h.minute
      ) counted
      group by ${key}
    ), figure as (
      select ${key}, ${sumsOfCounters}
      from source
      group by ${key}
    )
    insert into ${sql.identifier(table)} (${key}, ${counterColumns}, minutes, minute_tickets)
    select ${key}, ${counterColumns}, coalesce(minutes, '{}'), coalesce(minute_tickets, '{}')
    from figure
    left join minute using (${key})
    order by ${key}`
}

/** The chain's figures and sales of the months of some business dates, from all days in them. */
async function sumChainMonths(tx: Db, dates: readonly BusinessDate[]): Promise<void> {
  const months = sql`(
    select distinct ${monthOf(sql`date`)} as month from unnest(${sql.param(dates)}::text[]::date[]) as date
  ) asked`
  await tx.execute(sql`
    delete from chain_kitchen_months c using ${months}
    where c.dimension = any(${sql.param(FIGURE_DIMENSIONS)}::text[]) and c.month = asked.month`)
  await tx.execute(
    storeSums(
      { table: 'chain_kitchen_months', date: 'month' },
      sql`
      select asked.month, d.* from ${months}
      cross join lateral (
        select * from chain_kitchen_parts
        where dimension = any(${sql.param(FIGURE_DIMENSIONS)}::text[])
          and business_date >= asked.month and business_date < asked.month + interval '1 month'
        offset 0
      ) d`,
    ),
  )
  await tx.execute(sql`delete from chain_item_months c using ${months} where c.month = asked.month`)
  await tx.execute(sql`
    insert into chain_item_months (month, menu_item_id, units, revenue)
    select asked.month, s.menu_item_id, sum(s.units), sum(s.revenue)
    from ${months}
    cross join lateral (
      select * from chain_item_sales
      where business_date >= asked.month and business_date < asked.month + interval '1 month'
      offset 0
    ) s
    group by asked.month, s.menu_item_id
    order by asked.month, s.menu_item_id`)
}
