import { type SQL, sql } from 'drizzle-orm'
import { addDays, type BusinessDate, businessDate } from '@/domain/business-day'
import type { DateRange } from '@/domain/report-range'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** How many rows changed: none when nothing happened since the last run. */
export type Rolled = { stored: number; removed: number }

/**
 * Clauses of a `with` that bring `daily_item_sales` of some days in step with their orders: units and revenue of each dish
 * from orders that were confirmed and not cancelled. Rows of dishes that are no longer sold go.
 * @param days a query of `restaurant_id, business_date`, each pair once
 */
export const salesOf = (days: SQL): SQL => sql`
  sold_day as materialized (${days}), fresh as materialized (
    select o.restaurant_id, o.business_date, i.menu_item_id, sum(i.quantity)::int as units, sum(i.subtotal) as revenue
    from sold_day d
    cross join lateral (
      select * from orders where restaurant_id = d.restaurant_id and business_date = d.business_date offset 0
    ) o
    cross join lateral (
      select * from order_items where restaurant_id = o.restaurant_id and order_id = o.id offset 0
    ) i
    where o.confirmed_at is not null and o.status <> 'cancelled'
    group by o.restaurant_id, o.business_date, i.menu_item_id
  ), removed as (
    delete from daily_item_sales s using sold_day d
    where s.restaurant_id = d.restaurant_id and s.business_date = d.business_date
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
  )`

/**
 * Sales of each dish, restaurant and business date in a range, of days that are not closed yet: today's, for popularity.
 * Closed days are `closeKitchenDays`'s matter, which keeps the chain's sums with them. One statement, and running it again
 * changes nothing.
 */
export async function rollUpSales(db: Db, _scope: SystemScope, { from, to }: DateRange): Promise<Rolled> {
  return changes(
    db,
    sql`with ${salesOf(sql`
      select r.id as restaurant_id, d.date::date as business_date
      from restaurants r
      left join kitchen_rollups k on k.restaurant_id = r.id
      cross join lateral generate_series(greatest(${from}::date, k.through + 1), ${to}::date, interval '1 day') d (date)
    `)}`,
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

/** Runs a statement whose clauses `stored` and `removed` give a row for each change. */
async function changes(db: Db, clauses: SQL): Promise<Rolled> {
  const [row] = await db.execute<Rolled>(sql`
    ${clauses}
    select (select count(*) from stored)::int as stored, (select count(*) from removed)::int as removed`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return row
}
