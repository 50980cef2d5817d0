import { type SQL, sql } from 'drizzle-orm'
import type { Difference } from '@/domain/housekeeping'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/** How far back daily figures are compared with orders: reports look at the last month most, and older days are purged. */
const DAYS_COMPARED = 35
/** More of one kind in one restaurant say nothing more. */
const MOST_OF_A_KIND = 20

/**
 * Compares what is stored with what it was made from: stock on hand and its use with the ledger, what is on order with
 * purchase orders, forecasts with alerts, daily sales and kitchen metrics with orders, the chain's sums and popularity
 * with those of its restaurants, months with their days. Restaurant by restaurant, each in one snapshot.
 * What changed since its day was closed is left out, since the next closing computes it anew. Changes nothing; returns
 * what differs.
 */
export async function reconcile(
  db: Db,
  _scope: SystemScope,
  { signal, progress }: { signal?: AbortSignal; progress?: (share: number, text: string) => void } = {},
): Promise<Difference[]> {
  const restaurants = await db.execute<{ id: number; name: string }>(
    sql`select id, name from restaurants order by id`,
  )
  const found: Difference[] = []
  for (const [index, { id, name }] of restaurants.entries()) {
    signal?.throwIfAborted()
    progress?.(index / restaurants.length, name)
    const checks = [ledger(id), onOrder(id), forecast(id), use(id), metrics(id), sales(id)]
    const differ = await db.transaction(
      async (tx) => {
        const differences: Difference[] = []
        for (const check of checks) differences.push(...(await tx.execute<Difference>(check)))
        return differences
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    )
    found.push(...differ.map((difference) => ({ ...difference, where: `${name}, ${difference.where}` })))
  }
  for (const check of [popularity, chainFigures, chainSales, months, monthsOfChain, monthsOfSales])
    found.push(...(await db.execute<Difference>(check)))
  return found
}

/** On hand is the sum of what ever moved. */
const ledger = (restaurantId: number): SQL => sql`
  select 'on hand' as what, i.name as where, l.on_hand::text as stored, coalesce(m.moved, 0)::text as source
  from stock_levels l
  join ingredients i on i.id = l.ingredient_id
  left join (
    select ingredient_id, sum(quantity) as moved from stock_movements
    where restaurant_id = ${restaurantId} group by ingredient_id
  ) m on m.ingredient_id = l.ingredient_id
  where l.restaurant_id = ${restaurantId} and l.on_hand <> coalesce(m.moved, 0)
  order by i.name limit ${MOST_OF_A_KIND}::int`

/** What a trigger keeps beside each level of the open lines of purchase orders. */
const onOrder = (restaurantId: number): SQL => sql`
  select 'on order' as what, i.name as where, s.on_order::text as stored, coalesce(l.outstanding, 0)::text as source
  from stock_levels s
  join ingredients i on i.id = s.ingredient_id
  left join (
    select ingredient_id, sum(outstanding) as outstanding from purchase_order_lines
    where restaurant_id = ${restaurantId} and status = 'open' group by ingredient_id
  ) l on l.ingredient_id = s.ingredient_id
  where s.restaurant_id = ${restaurantId} and s.on_order <> coalesce(l.outstanding, 0)
  order by i.name limit ${MOST_OF_A_KIND}::int`

/** What a trigger keeps beside each level of its alerts. */
const forecast = (restaurantId: number): SQL => sql`
  select 'forecast' as what, i.name as where, s.is_forecast::text as stored, (a.ingredient_id is not null)::text as source
  from stock_levels s
  join ingredients i on i.id = s.ingredient_id
  left join stock_alerts a on a.restaurant_id = s.restaurant_id and a.ingredient_id = s.ingredient_id
    and a.kind = 'forecast' and a.cleared_at is null
  where s.restaurant_id = ${restaurantId} and s.is_forecast <> (a.ingredient_id is not null)
  order by i.name limit ${MOST_OF_A_KIND}::int`

/** Days of the ledger that are rolled up are what moved on them. */
const use = (restaurantId: number): SQL => sql`
  select 'use of stock' as what, i.name || ' on ' || business_date as where,
    coalesce(stored, 0)::text as stored, coalesce(moved, 0)::text as source
  from (
    select business_date, ingredient_id, received - consumed - wasted + counted + transferred as stored
    from daily_stock_use where restaurant_id = ${restaurantId}
  ) s
  full join (
    select m.business_date, m.ingredient_id, sum(m.quantity) as moved
    from stock_movements m join stock_rollups u on u.restaurant_id = m.restaurant_id and m.business_date <= u.through
    where m.restaurant_id = ${restaurantId} group by m.business_date, m.ingredient_id
  ) m using (business_date, ingredient_id)
  join ingredients i on i.id = ingredient_id
  where coalesce(stored, 0) <> coalesce(moved, 0)
  order by business_date, i.name limit ${MOST_OF_A_KIND}::int`

/**
 * Closed days of the last weeks whose orders are all still there and have not changed since. A day of which orders were
 * purged has fewer than its metrics counted.
 */
const settledDays = (restaurantId: number): SQL => sql`
  select o.business_date, count(*) as placed,
    count(*) filter (where o.status = 'delivered') as completed,
    count(*) filter (where o.status = 'cancelled') as cancelled,
    coalesce(sum(o.total) filter (where o.confirmed_at is not null and o.status <> 'cancelled'), 0) as revenue
  from kitchen_rollups c
  join orders o on o.restaurant_id = c.restaurant_id
    and o.business_date between c.through - ${DAYS_COMPARED - 1}::int and c.through
  where c.restaurant_id = ${restaurantId} and not exists (
    select from order_events e join orders changed on changed.restaurant_id = e.restaurant_id and changed.id = e.order_id
    where e.restaurant_id = c.restaurant_id and e.seq > c.seq and changed.business_date = o.business_date
  )
  group by o.business_date`

const metrics = (restaurantId: number): SQL => sql`
  select case when m.closed_at is null then 'a day without metrics' else 'kitchen metrics' end as what,
    d.business_date::text as where, concat_ws(' ', m.orders_completed, m.orders_cancelled, m.revenue) as stored,
    concat_ws(' ', d.completed, d.cancelled, d.revenue) as source
  from (${settledDays(restaurantId)}) d
  left join daily_kitchen_metrics m on m.restaurant_id = ${restaurantId} and m.business_date = d.business_date
  where m.closed_at is null
    or (m.orders_completed, m.orders_cancelled, m.revenue) is distinct from (d.completed, d.cancelled, d.revenue)
      and d.placed >= (select sum(hour) from unnest(m.orders_by_hour) as hour)
  order by d.business_date limit ${MOST_OF_A_KIND}::int`

const sales = (restaurantId: number): SQL => sql`
  select 'sales' as what, d.business_date::text as where, coalesce(s.revenue, 0)::text as stored, d.revenue::text as source
  from (${settledDays(restaurantId)}) d
  left join daily_kitchen_metrics m on m.restaurant_id = ${restaurantId} and m.business_date = d.business_date
  left join (
    select business_date, sum(revenue) as revenue from daily_item_sales where restaurant_id = ${restaurantId}
    group by business_date
  ) s on s.business_date = d.business_date
  where coalesce(s.revenue, 0) <> d.revenue
    and d.placed >= coalesce((select sum(hour) from unnest(m.orders_by_hour) as hour), 0)
  order by d.business_date limit ${MOST_OF_A_KIND}::int`

const popularity = sql`
  select 'popularity' as what, 'the chain, dish ' || menu_item_id as where,
    coalesce(c.units, 0)::text as stored, coalesce(p.units, 0)::text as source
  from chain_popularity c
  full join (select menu_item_id, sum(units) as units from item_popularity group by menu_item_id) p using (menu_item_id)
  where coalesce(c.units, 0) <> coalesce(p.units, 0)
  order by menu_item_id limit ${MOST_OF_A_KIND}::int`

/** Sums over the restaurants that have closed a day. In one statement, so that a closing is in both sides or in none. */
const chainFigures = sql`
  select 'the chain’s figures' as what, business_date || ' ' || dimension || ' ' || part as where,
    concat_ws(' ', c.placed, c.revenue, c.tickets) as stored, concat_ws(' ', p.placed, p.revenue, p.tickets) as source
  from (
    select business_date, dimension, part, placed, revenue, tickets from chain_kitchen_parts
    where business_date > current_date - ${DAYS_COMPARED}::int
  ) c
  full join (
    select business_date, dimension, part, sum(placed) as placed, sum(revenue) as revenue, sum(tickets) as tickets
    from daily_kitchen_parts where business_date > current_date - ${DAYS_COMPARED}::int
    group by business_date, dimension, part
  ) p using (business_date, dimension, part)
  where (c.placed, c.revenue, c.tickets) is distinct from (p.placed, p.revenue, p.tickets)
  order by business_date, dimension, part limit ${MOST_OF_A_KIND}::int`

const chainSales = sql`
  select 'the chain’s sales' as what, business_date || ' dish ' || menu_item_id as where,
    concat_ws(' ', c.units, c.revenue) as stored, concat_ws(' ', s.units, s.revenue) as source
  from (
    select business_date, menu_item_id, units, revenue from chain_item_sales
    where business_date > current_date - ${DAYS_COMPARED}::int
  ) c
  full join (
    select s.business_date, s.menu_item_id, sum(s.units) as units, sum(s.revenue) as revenue
    from daily_item_sales s
    join kitchen_rollups k on k.restaurant_id = s.restaurant_id and s.business_date <= k.through
    where s.business_date > current_date - ${DAYS_COMPARED}::int
    group by s.business_date, s.menu_item_id
  ) s using (business_date, menu_item_id)
  where (c.units, c.revenue) is distinct from (s.units, s.revenue)
  order by business_date, menu_item_id limit ${MOST_OF_A_KIND}::int`

/** This month and the one before: all their days are in them. */
const recentMonth = sql.raw(`date_trunc('month', current_date::timestamp - interval '1 month')::date`)

const months = sql`
  select 'a month’s figures' as what, r.name || ', ' || month as where,
    concat_ws(' ', m.placed, m.revenue, m.tickets) as stored, concat_ws(' ', p.placed, p.revenue, p.tickets) as source
  from (
    select restaurant_id, month, placed, revenue, tickets from monthly_kitchen_figures where month >= ${recentMonth}
  ) m
  full join (
    select restaurant_id, date_trunc('month', business_date::timestamp)::date as month, sum(placed) as placed,
      sum(revenue) as revenue, sum(tickets) as tickets
    from daily_kitchen_parts where dimension = 'day' and business_date >= ${recentMonth}
    group by 1, 2
  ) p using (restaurant_id, month)
  join restaurants r on r.id = restaurant_id
  where (m.placed, m.revenue, m.tickets) is distinct from (p.placed, p.revenue, p.tickets)
  order by restaurant_id, month limit ${MOST_OF_A_KIND}::int`

const monthsOfChain = sql`
  select 'a month’s figures' as what, concat_ws(' ', 'the chain,', month, dimension, part) as where,
    concat_ws(' ', m.placed, m.revenue, m.tickets) as stored, concat_ws(' ', p.placed, p.revenue, p.tickets) as source
  from (
    select month, dimension, part, placed, revenue, tickets from chain_kitchen_months where month >= ${recentMonth}
  ) m
  full join (
    select date_trunc('month', business_date::timestamp)::date as month, dimension, part, sum(placed) as placed,
      sum(revenue) as revenue, sum(tickets) as tickets
    from chain_kitchen_parts where business_date >= ${recentMonth}
    group by 1, 2, 3
  ) p using (month, dimension, part)
  where (m.placed, m.revenue, m.tickets) is distinct from (p.placed, p.revenue, p.tickets)
  order by month, dimension, part limit ${MOST_OF_A_KIND}::int`

const monthsOfSales = sql`
  select 'a month’s sales' as what, 'the chain, ' || month || ' dish ' || menu_item_id as where,
    concat_ws(' ', m.units, m.revenue) as stored, concat_ws(' ', s.units, s.revenue) as source
  from (select * from chain_item_months where month >= ${recentMonth}) m
  full join (
    select date_trunc('month', business_date::timestamp)::date as month, menu_item_id, sum(units) as units,
      sum(revenue) as revenue
    from chain_item_sales where business_date >= ${recentMonth}
    group by 1, 2
  ) s using (month, menu_item_id)
  where (m.units, m.revenue) is distinct from (s.units, s.revenue)
  order by month, menu_item_id limit ${MOST_OF_A_KIND}::int`
