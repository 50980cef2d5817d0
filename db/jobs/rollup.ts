import { type SQL, sql } from 'drizzle-orm'
import { addDays, type BusinessDate, businessDate } from '@/domain/business-day'
import type { SystemScope } from '@/domain/scope'
import { LONGEST_COUNTED_MINUTES } from '@/domain/ticket-time'
import type { Db } from '../client'

/** What `numeric(7, 2)` holds: a ticket that somebody bumped months late must not stop everybody's rollup. */
const LONGEST_STORED_MINUTES = 99_999.99

/** Business dates, both included. */
export type DateRange = { from: BusinessDate; to: BusinessDate }

/** How many rows changed: none when nothing happened since the last run. */
export type Rolled = { stored: number; removed: number }

/**
 * The restaurants' days in the range whose orders are all still there. Orders only ever leave by the purge, so a day
 * with fewer orders than its stored metrics counted has been purged: its figures stand for good.
 */
const wholeDays = ({ from, to }: DateRange): SQL => sql`
  select day.restaurant_id, day.business_date
  from (
    select o.restaurant_id, o.business_date, count(*) as placed
    from restaurants r
    join orders o on o.restaurant_id = r.id and o.business_date between ${from}::date and ${to}::date
    group by o.restaurant_id, o.business_date
  ) day
  left join daily_kitchen_metrics m
    on m.restaurant_id = day.restaurant_id and m.business_date = day.business_date
  where m.restaurant_id is null or day.placed >= (select sum(hour) from unnest(m.orders_by_hour) as hour)`

/**
 * Units and revenue of each dish, restaurant and business date, from orders that were confirmed and not cancelled.
 * Rows of dishes that are no longer sold (the order was cancelled since) go. One statement, and running it again
 * changes nothing.
 */
export async function rollUpSales(db: Db, _scope: SystemScope, range: DateRange): Promise<Rolled> {
  return changes(
    db,
    sql`
    with whole as materialized (${wholeDays(range)}), fresh as materialized (
      select whole.restaurant_id, whole.business_date, i.menu_item_id,
        sum(i.quantity)::int as units, sum(i.subtotal) as revenue
      from whole
      join orders o on o.restaurant_id = whole.restaurant_id and o.business_date = whole.business_date
      join order_items i on i.restaurant_id = o.restaurant_id and i.order_id = o.id
      where o.confirmed_at is not null and o.status <> 'cancelled'
      group by whole.restaurant_id, whole.business_date, i.menu_item_id
    ), removed as (
      delete from daily_item_sales s using whole
      where s.restaurant_id = whole.restaurant_id and s.business_date = whole.business_date
        and not exists (
          select from fresh f
          where (f.restaurant_id, f.business_date, f.menu_item_id) = (s.restaurant_id, s.business_date, s.menu_item_id)
        )
      returning 1
    ), stored as (
      insert into daily_item_sales as s (restaurant_id, business_date, menu_item_id, units, revenue)
      select restaurant_id, business_date, menu_item_id, units, revenue from fresh
      order by restaurant_id, business_date, menu_item_id
      on conflict (restaurant_id, business_date, menu_item_id) do update
        set units = excluded.units, revenue = excluded.revenue
        where (s.units, s.revenue) is distinct from (excluded.units, excluded.revenue)
      returning 1
    )`,
  )
}

/**
 * Units sold over the last 28 business days: of each restaurant up to its own current business date, then summed over
 * the chain. Reads `daily_item_sales`, so sales are rolled up first.
 */
export async function rollUpPopularity(db: Db, _scope: SystemScope, now = new Date()): Promise<Rolled> {
  return db.transaction(async (tx) => {
    const windows = JSON.stringify(
      (await currentBusinessDates(tx, now)).map(({ restaurantId, today }) => ({
        restaurant_id: restaurantId,
        after: addDays(today, -28),
        today,
      })),
    )
    const perRestaurant = await changes(
      tx,
      sql`
      with fresh as materialized (
        select w.restaurant_id, s.menu_item_id, sum(s.units)::int as units
        from json_to_recordset(${windows}::text::json) as w (restaurant_id int, "after" date, today date)
        join daily_item_sales s on s.restaurant_id = w.restaurant_id
          and s.business_date > w."after" and s.business_date <= w.today
        group by w.restaurant_id, s.menu_item_id
      ), removed as (
        delete from item_popularity p
        where not exists (
          select from fresh f where (f.restaurant_id, f.menu_item_id) = (p.restaurant_id, p.menu_item_id)
        )
        returning 1
      ), stored as (
        insert into item_popularity as p (restaurant_id, menu_item_id, units)
        select restaurant_id, menu_item_id, units from fresh
        order by restaurant_id, menu_item_id
        on conflict (restaurant_id, menu_item_id) do update set units = excluded.units
          where p.units <> excluded.units
        returning 1
      )`,
    )
    const chain = await changes(
      tx,
      sql`
      with fresh as materialized (
        select menu_item_id, sum(units)::int as units from item_popularity group by menu_item_id
      ), removed as (
        delete from chain_popularity c
        where not exists (select from fresh f where f.menu_item_id = c.menu_item_id)
        returning 1
      ), stored as (
        insert into chain_popularity as c (menu_item_id, units)
        select menu_item_id, units from fresh
        order by menu_item_id
        on conflict (menu_item_id) do update set units = excluded.units where c.units <> excluded.units
        returning 1
      )`,
    )
    return { stored: perRestaurant.stored + chain.stored, removed: perRestaurant.removed + chain.removed }
  })
}

/**
 * Each restaurant's day in figures: orders completed (delivered) and cancelled, average, median and p90 ticket time in
 * minutes (`ready_at − confirmed_at`, of every order that was ever ready), revenue in cents, the local hour in which
 * most orders were placed (the earliest of equals), and the counters behind them. Recomputes whole days in one
 * statement. Sales are rolled up before, since the purge takes a day with metrics as one that was rolled up.
 */
export async function rollUpMetrics(
  db: Db,
  _scope: SystemScope,
  range: DateRange,
): Promise<{ stored: number }> {
  const [row] = await db.execute<{ stored: number }>(sql`
    with whole as materialized (${wholeDays(range)}), ticket as materialized (
      select o.restaurant_id, o.business_date, o.status, o.total, o.confirmed_at,
        extract(hour from o.created_at at time zone r.time_zone)::int as hour,
        case when o.ready_at >= o.confirmed_at then
          least(extract(epoch from o.ready_at - o.confirmed_at) / 60, ${LONGEST_STORED_MINUTES})
        end as minutes
      from whole
      join restaurants r on r.id = whole.restaurant_id
      join orders o on o.restaurant_id = whole.restaurant_id and o.business_date = whole.business_date
    ), day as (
      select restaurant_id, business_date,
        count(*) filter (where status = 'delivered') as completed,
        count(*) filter (where status = 'cancelled') as cancelled,
        round(avg(minutes), 2) as average,
        round((percentile_cont(0.5) within group (order by minutes))::numeric, 2) as median,
        round((percentile_cont(0.9) within group (order by minutes))::numeric, 2) as p90,
        coalesce(sum(total) filter (where confirmed_at is not null and status <> 'cancelled'), 0) as revenue
      from ticket
      group by restaurant_id, business_date
    ), hours as (${counters('hour', 23)}),
    histogram as (${counters('minutes', LONGEST_COUNTED_MINUTES)}),
    stored as (
      insert into daily_kitchen_metrics as m (restaurant_id, business_date, orders_completed, orders_cancelled,
        average_prep_time, median_prep_time, p90_prep_time, revenue, peak_hour_start, peak_hour_end,
        orders_by_hour, prep_minutes_histogram, computed_at)
      select restaurant_id, business_date, completed, cancelled, average, median, p90, revenue,
        make_time(peak, 0, 0), make_time((peak + 1) % 24, 0, 0), hours.counts, histogram.counts, now()
      from day
      join hours using (restaurant_id, business_date)
      join histogram using (restaurant_id, business_date)
      cross join lateral (
        select array_position(hours.counts, (select max(placed) from unnest(hours.counts) as placed)) - 1 as peak
      ) busiest
      order by restaurant_id, business_date
      on conflict (restaurant_id, business_date) do update set
        orders_completed = excluded.orders_completed, orders_cancelled = excluded.orders_cancelled,
        average_prep_time = excluded.average_prep_time, median_prep_time = excluded.median_prep_time,
        p90_prep_time = excluded.p90_prep_time, revenue = excluded.revenue,
        peak_hour_start = excluded.peak_hour_start, peak_hour_end = excluded.peak_hour_end,
        orders_by_hour = excluded.orders_by_hour, prep_minutes_histogram = excluded.prep_minutes_histogram,
        computed_at = excluded.computed_at
      returning 1
    )
    select count(*)::int as stored from stored`)
  return { stored: row?.stored ?? 0 }
}

/** The current business date of every restaurant, active or not, from the one rule that says what that is. */
export async function currentBusinessDates(
  db: Db,
  now: Date,
): Promise<{ restaurantId: number; name: string; today: BusinessDate }[]> {
  const restaurants = await db.execute<{ id: number; name: string; timeZone: string; dayCutoff: string }>(sql`
    select id, name, time_zone as "timeZone", to_char(day_cutoff, 'HH24:MI') as "dayCutoff"
    from restaurants order by id`)
  return restaurants.map(({ id, name, timeZone, dayCutoff }) => ({
    restaurantId: id,
    name,
    today: businessDate(now, timeZone, dayCutoff),
  }))
}

/** One array a day with a counter for each slot from 0 to `last`; longer ones count as `last`, missing ones not at all. */
const counters = (column: 'hour' | 'minutes', last: number): SQL => sql`
  select restaurant_id, business_date, array_agg(n order by slot) as counts
  from (
    select restaurant_id, business_date, slot, sum(n)::int as n
    from (
      select restaurant_id, business_date, least(floor(${sql.identifier(column)}), ${last}::int)::int as slot, 1 as n
      from ticket where ${sql.identifier(column)} is not null
      union all
      select restaurant_id, business_date, slot, 0 from day cross join generate_series(0, ${last}::int) as slot
    ) placement
    group by restaurant_id, business_date, slot
  ) counted
  group by restaurant_id, business_date`

/** Runs a statement whose clauses `stored` and `removed` give a row for each change. */
async function changes(db: Db, clauses: SQL): Promise<Rolled> {
  const [row] = await db.execute<Rolled>(sql`
    ${clauses}
    select (select count(*) from stored)::int as stored, (select count(*) from removed)::int as removed`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return row
}
