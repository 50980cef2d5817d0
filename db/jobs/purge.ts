import { type SQL, sql } from 'drizzle-orm'
import { addDays, type BusinessDate } from '@/domain/business-day'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { currentBusinessDates } from './rollup'

export type PurgeOptions = {
  /** Business days that are kept, counted from each restaurant's own current business date. */
  olderThanDays: number
  /** Orders in one transaction: small enough that nobody waits for it. */
  batchSize?: number
  /** Count only. */
  dryRun?: boolean
  now?: Date
}

export type Purged = {
  restaurantId: number
  name: string
  /** The first business date that is kept. */
  keptFrom: BusinessDate
  /** Orders deleted, or with `dryRun` those that would be. */
  orders: number
  /** Orders old enough whose day has no final metrics: roll up first. */
  notRolledUp: number
}

/**
 * Deletes orders past their keep with their lines, events and stored answers; metrics and the stock ledger stay. Each
 * batch is a transaction of its own and skips what somebody else works on, so it can be stopped at any moment and run
 * again. A day is touched only once its metrics were computed after it had ended.
 */
export async function purgeOrders(
  db: Db,
  _scope: SystemScope,
  { olderThanDays, batchSize = 500, dryRun = false, now = new Date() }: PurgeOptions,
): Promise<Purged[]> {
  const purged: Purged[] = []
  for (const { restaurantId, name, today } of await currentBusinessDates(db, now)) {
    const keptFrom = addDays(today, -olderThanDays)
    const counted = await countOld(db, restaurantId, keptFrom)
    const orders = dryRun ? counted.rolledUp : await deleteOld(db, restaurantId, keptFrom, batchSize)
    purged.push({ restaurantId, name, keptFrom, orders, notRolledUp: counted.notRolledUp })
  }
  return purged
}

/** One restaurant's orders before a date, each with whether its day's metrics are final. */
const oldOrders = (restaurantId: number, keptFrom: BusinessDate): SQL => sql`
  from orders o
  join restaurants r on r.id = o.restaurant_id
  left join daily_kitchen_metrics m
    on m.restaurant_id = o.restaurant_id and m.business_date = o.business_date
    and m.computed_at >= (o.business_date + 1 + r.day_cutoff) at time zone r.time_zone
  where o.restaurant_id = ${restaurantId} and o.business_date < ${keptFrom}::date`

async function countOld(db: Db, restaurantId: number, keptFrom: BusinessDate) {
  const [row] = await db.execute<{ rolledUp: number; notRolledUp: number }>(sql`
    select count(m.business_date)::int as "rolledUp",
      (count(*) - count(m.business_date))::int as "notRolledUp"
    ${oldOrders(restaurantId, keptFrom)}`)
  return row ?? { rolledUp: 0, notRolledUp: 0 }
}

/** Until a batch comes back empty: all are gone, or what is left is locked and waits for the next run. */
async function deleteOld(
  db: Db,
  restaurantId: number,
  keptFrom: BusinessDate,
  batchSize: number,
): Promise<number> {
  let total = 0
  for (;;) {
    const [row] = await db.execute<{ deleted: number }>(sql`
      with batch as (
        select o.id
        ${oldOrders(restaurantId, keptFrom)} and m.business_date is not null
        order by o.business_date, o.call_number
        limit ${batchSize}
        for update of o skip locked
      ), gone as (
        delete from orders o using batch where o.restaurant_id = ${restaurantId} and o.id = batch.id returning 1
      )
      select count(*)::int as deleted from gone`)
    if (!row?.deleted) return total
    total += row.deleted
  }
}
