import { sql } from 'drizzle-orm'
import { addDays, type BusinessDate, businessDate } from '@/domain/business-day'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { foodCosts } from '../fragments/food-costs'

/** No transaction that took its business date before the day ended is still at work so long after. */
const AT_WORK_MS = 3_600_000

/** How many restaurants got new days, and how many rows those have. */
export type RolledCosts = { restaurants: number; rows: number }

/**
 * Adds what the stock used on business days that have ended since the last run cost to `daily_food_costs` and to the
 * chain's sums, at the prices that hold now. A restaurant at a time in a transaction of its own, so that it can be stopped
 * and run again at any moment; of two at once the second finds nothing left to add.
 */
export async function rollUpFoodCosts(db: Db, _scope: SystemScope, now = new Date()): Promise<RolledCosts> {
  const restaurants = await db.execute<{ id: number; timeZone: string; dayCutoff: string }>(sql`
    select id, time_zone as "timeZone", to_char(day_cutoff, 'HH24:MI') as "dayCutoff" from restaurants order by id`)
  const ends = restaurants.map(({ id, timeZone, dayCutoff }) => ({
    id,
    last: addDays(businessDate(new Date(now.getTime() - AT_WORK_MS), timeZone, dayCutoff), -1),
  }))
  const reached = new Map(
    (
      await db.execute<{ id: number; through: BusinessDate }>(sql`
        select restaurant_id as id, through::text as through from food_cost_rollups`)
    ).map(({ id, through }) => [id, through]),
  )
  const rolled = { restaurants: 0, rows: 0 }
  for (const { id, last } of ends) {
    if ((reached.get(id) ?? '') >= last) continue
    rolled.rows += await db.transaction((tx) => rollUpRestaurant(tx, id, last))
    rolled.restaurants++
  }
  return rolled
}

async function rollUpRestaurant(tx: Db, restaurantId: number, last: BusinessDate): Promise<number> {
  // The chain's sums are added to: whoever comes second must see how far the first has come.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('brigade food costs', 0))`)
  const [row] = await tx.execute<{ rows: number }>(sql`
    with since as (
      select coalesce(
        (select through + 1 from food_cost_rollups where restaurant_id = ${restaurantId}),
        (select min(business_date) from (
          select business_date from stock_movements where restaurant_id = ${restaurantId} order by id limit 1
        ) oldest)
      ) as first
    ), cost as materialized (
      ${foodCosts(sql`
        select ${restaurantId}::int as restaurant_id, first, ${last}::date as last from since where first is not null`)}
    ), stored as (
      insert into daily_food_costs (restaurant_id, business_date, part, value)
      select ${restaurantId}::int, business_date, part, value from cost order by business_date, part
      returning 1
    ), summed as (
      insert into chain_food_costs as c (business_date, part, value)
      select business_date, part, value from cost order by business_date, part
      on conflict (business_date, part) do update set value = c.value + excluded.value
    ), reached as (
      insert into food_cost_rollups as r (restaurant_id, through) values (${restaurantId}, ${last}::date)
      on conflict (restaurant_id) do update set through = greatest(r.through, excluded.through)
    )
    select count(*)::int as rows from stored`)
  return row?.rows ?? 0
}
