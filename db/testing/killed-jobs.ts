import { sql } from 'drizzle-orm'
import { addDays, businessDate } from '@/domain/business-day'
import { systemScope } from '@/domain/scope'
import { type Database, isConnectionLost } from '../client'
import { closeKitchenDays } from '../jobs/kitchen-metrics'
import { purgeOrders } from '../jobs/purge'
import { dyingDatabase } from './dying-database'
import { addKitchen, type KitchenScope } from './kitchen'
import { addPastOrder } from './past-orders'

const KEEP = 365
const NOW = new Date()
/** Days before today: two past their keep on either side of it, and one young. */
const DAYS = [420, 367, 366, 365, 364, 30]
const ORDERS_A_DAY = 4
const PRICE = 300

const month = sql`date_trunc('month', business_date::timestamp)::date`

export type KilledKitchen = { scope: KitchenScope; today: string }

/** A kitchen with some orders on each of some days, none of which is closed. */
export async function addOldKitchen(db: Database): Promise<KilledKitchen> {
  const scope = await addKitchen(db)
  const { timeZone, dayCutoff } = scope.restaurant
  const today = businessDate(NOW, timeZone, dayCutoff)
  for (const days of DAYS) {
    const date = addDays(today, -days)
    for (let n = 0; n < ORDERS_A_DAY; n++) {
      await addPastOrder(db, scope, {
        date,
        createdAt: new Date(`${date}T12:00:00Z`),
        end: 'delivered',
        prepSeconds: 600,
        lines: [{ dish: 1, quantity: 2, unitPrice: PRICE }],
      })
    }
  }
  return { scope, today }
}

/** Closes days and purges until both are done. Whoever does so is killed at its n-th statement; false: it was not. */
export async function workUntilKilled(url: string, atStatement: number, afterMs: number): Promise<boolean> {
  const db = await dyingDatabase(url, atStatement, afterMs)
  try {
    await closeKitchenDays(db, systemScope(), { now: NOW })
    await purgeOrders(db, systemScope(), { olderThanDays: KEEP, now: NOW, batchSize: 3 })
    return false
  } catch (error) {
    if (!isConnectionLost(error)) throw error
    return true
  } finally {
    await db.close()
  }
}

export type Wrong = { date: string; orders: number; stored: string | null; sold: string | null }

/**
 * Days of which something is wrong, at any moment: a stored figure that is not what was sold, an order gone without its
 * figures, or one gone that is younger than the limit. None, ever.
 */
export async function wrongDays(db: Database, { scope, today }: KilledKitchen): Promise<Wrong[]> {
  const dates = JSON.stringify(DAYS.map((days) => ({ date: addDays(today, -days), is_young: days <= KEEP })))
  const revenue = ORDERS_A_DAY * 2 * PRICE
  return db.execute<Wrong>(sql`
    select d.date::text, coalesce(o.orders, 0) as orders, m.revenue as stored, s.revenue as sold
    from json_to_recordset(${dates}::text::json) as d (date date, is_young boolean)
    left join (
      select business_date, count(*)::int as orders from orders where restaurant_id = ${scope.restaurant.id} group by 1
    ) o on o.business_date = d.date
    left join daily_kitchen_metrics m on m.restaurant_id = ${scope.restaurant.id} and m.business_date = d.date
    left join daily_item_sales s on s.restaurant_id = ${scope.restaurant.id} and s.business_date = d.date
    where m.revenue <> ${revenue}::int or s.revenue <> ${revenue}::int
      or coalesce(o.orders, 0) < ${ORDERS_A_DAY}::int and (d.is_young or m.revenue is null or s.revenue is null)`)
}

/** Sums of the chain and of months that are not what their days come to, at any moment, of whatever kitchen. None, ever. */
export const wrongSums = (db: Database): Promise<{ sum: string }[]> =>
  db.execute<{ sum: string }>(sql`
    select concat_ws(' ', 'month of restaurant', restaurant_id, month) as sum
    from monthly_kitchen_figures m
    full join (
      select restaurant_id, ${month} as month, sum(placed) as placed, sum(revenue) as revenue, sum(tickets) as tickets
      from daily_kitchen_parts where dimension = 'day' group by 1, 2
    ) d using (restaurant_id, month)
    where (m.placed, m.revenue, m.tickets) is distinct from (d.placed, d.revenue, d.tickets)
    union all
    select concat_ws(' ', 'day of the chain', business_date, dimension, part)
    from chain_kitchen_parts c
    full join (
      select business_date, dimension, part, sum(placed) as placed, sum(revenue) as revenue, sum(tickets) as tickets
      from daily_kitchen_parts group by 1, 2, 3
    ) d using (business_date, dimension, part)
    where (c.placed, c.revenue, c.tickets) is distinct from (d.placed, d.revenue, d.tickets)
    union all
    select concat_ws(' ', 'month of the chain', month, dimension, part)
    from (select *, (select sum(minute) from unnest(minute_tickets) minute) as counted from chain_kitchen_months) m
    full join (
      select ${month} as month, dimension, part, sum(placed) as placed, sum(revenue) as revenue, sum(tickets) as tickets
      from daily_kitchen_parts group by 1, 2, 3
    ) d using (month, dimension, part)
    where (m.placed, m.revenue, m.tickets, m.counted) is distinct from (d.placed, d.revenue, d.tickets, d.tickets)
    union all
    select concat_ws(' ', 'sales of the chain', month, menu_item_id)
    from chain_item_months m
    full join (
      select ${month} as month, menu_item_id, sum(units) as units, sum(revenue) as revenue
      from daily_item_sales group by 1, 2
    ) d using (month, menu_item_id)
    where (m.units, m.revenue) is distinct from (d.units, d.revenue)`)

/** Dates that still have orders, and how many of those with sales have figures: what is left when all is done. */
export async function leftOf(
  db: Database,
  { scope }: KilledKitchen,
): Promise<{ dates: number; figures: number }> {
  const [row] = await db.execute<{ dates: number; figures: number }>(sql`
    select (select count(distinct business_date)::int from orders where restaurant_id = ${scope.restaurant.id}) as dates,
      (select count(*)::int from daily_kitchen_metrics where restaurant_id = ${scope.restaurant.id} and revenue > 0) as figures`)
  return row ?? { dates: 0, figures: 0 }
}
