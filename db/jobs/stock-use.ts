import { sql } from 'drizzle-orm'
import { addDays, businessDate } from '@/domain/business-day'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { ledgerSums } from '../fragments/ledger-days'

/** No transaction that took its business date before the day ended is still at work so long after. */
const AT_WORK_MS = 3_600_000

/** How many restaurants got new days, and how many rows those have. */
export type RolledStock = { restaurants: number; rows: number }

/**
 * Adds the business days that have ended since the last run to `daily_stock_use`, and brings `stock_use` to the 28 days
 * before. Each movement is read once in its life. A restaurant at a time in a transaction of its own, so that it can be
 * stopped and run again at any moment.
 */
export async function rollUpStock(db: Db, _scope: SystemScope, now = new Date()): Promise<RolledStock> {
  const restaurants = await db.execute<{
    id: number
    timeZone: string
    dayCutoff: string
    through: string | null
  }>(sql`
    select r.id, r.time_zone as "timeZone", to_char(r.day_cutoff, 'HH24:MI') as "dayCutoff", u.through::text as through
    from restaurants r left join stock_rollups u on u.restaurant_id = r.id
    order by r.id`)
  const rolled = { restaurants: 0, rows: 0 }
  for (const { id, timeZone, dayCutoff, through } of restaurants) {
    const last = addDays(businessDate(new Date(now.getTime() - AT_WORK_MS), timeZone, dayCutoff), -1)
    if (through !== null && through >= last) continue
    rolled.rows += await db.transaction((tx) => rollUpRestaurant(tx, id, through, last))
    rolled.restaurants++
  }
  return rolled
}

async function rollUpRestaurant(
  tx: Db,
  restaurantId: number,
  through: string | null,
  last: string,
): Promise<number> {
  const since = through === null ? sql`` : sql`and m.business_date > ${through}::date`
  const [row] = await tx.execute<{ rows: number }>(sql`
    with stored as (
      insert into daily_stock_use (restaurant_id, business_date, ingredient_id, received, consumed, wasted, counted,
        transferred)
      select ${restaurantId}::int, m.business_date, m.ingredient_id, ${ledgerSums}
      from stock_movements m
      where m.restaurant_id = ${restaurantId} and m.business_date <= ${last}::date ${since}
      group by m.business_date, m.ingredient_id
      order by m.business_date, m.ingredient_id
      on conflict (restaurant_id, business_date, ingredient_id) do update set received = excluded.received,
        consumed = excluded.consumed, wasted = excluded.wasted, counted = excluded.counted,
        transferred = excluded.transferred
      returning 1
    ), reached as (
      insert into stock_rollups (restaurant_id, through) values (${restaurantId}, ${last}::date)
      on conflict (restaurant_id) do update set through = excluded.through
    )
    select count(*)::int as rows from stored`)
  // In a statement of its own: the one above does not see what it stores.
  await tx.execute(sql`
    insert into stock_use as u (restaurant_id, ingredient_id, used)
    select s.restaurant_id, s.ingredient_id, coalesce(d.used, array_fill(0::numeric, array[7]))
    from stock_levels s
    left join (
      select ingredient_id, array[${sql.join(
        [1, 2, 3, 4, 5, 6, 7].map(
          (weekday) => sql`greatest(coalesce(sum(consumed + wasted)
            filter (where extract(isodow from business_date) = ${sql.raw(String(weekday))}), 0), 0)`,
        ),
        sql`, `,
      )}] as used
      from daily_stock_use
      where restaurant_id = ${restaurantId} and business_date > ${last}::date - 28 and business_date <= ${last}::date
      group by ingredient_id
    ) d on d.ingredient_id = s.ingredient_id
    where s.restaurant_id = ${restaurantId}
    order by s.ingredient_id
    on conflict (restaurant_id, ingredient_id) do update set used = excluded.used where u.used <> excluded.used`)
  return row?.rows ?? 0
}
