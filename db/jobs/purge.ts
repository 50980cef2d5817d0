import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { addDays, type BusinessDate } from '@/domain/business-day'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { currentBusinessDates } from './rollup'

/** An eighth of what a batch may take at most, so that one that meets a checkpoint or a full processor still keeps to it. */
const TARGET_MS = 25
const FIRST_BATCH = 100
const SMALLEST_BATCH = 5
const LARGEST_BATCH = 2000
/** Times what a batch took: so much longer do guests' orders have the disk and a processor to themselves. */
const REST = 2

export type PurgeOptions = {
  /** Business days that are kept, counted from each restaurant's own current business date. */
  olderThanDays: number
  /** Orders in the first transaction; from then on as many as take less than a tenth of a second. */
  batchSize?: number
  /** Count only. */
  dryRun?: boolean
  now?: Date
  signal?: AbortSignal
  /** Ends after about so many milliseconds, with whatever is done by then. */
  forMs?: number
  /** Told after each batch, once it is on the disk. */
  onBatch?: (batch: PurgedBatch) => void
}

type PurgedBatch = {
  orders: number
  milliseconds: number
  /** Of all restaurants, in this run. */
  done: number
  expected: number
}

export type Purged = {
  restaurantId: number
  name: string
  /** The first business date that is kept. */
  keptFrom: BusinessDate
  /** Orders deleted, or with `dryRun` those that would be. */
  orders: number
  /** Orders old enough whose day has no final figures, or that changed since these were stored: close days first. */
  notRolledUp: number
}

type Old = { restaurantId: number; name: string; keptFrom: BusinessDate }

/**
 * Deletes orders past their keep with their lines, events and stored answers; metrics and the stock ledger stay. Each
 * batch is a transaction of its own and skips what somebody else works on, so it can be stopped at any moment and run
 * again. An order is touched only once its day is closed and everything that ever happened to it is in the figures.
 */
export async function purgeOrders(db: Db, _scope: SystemScope, options: PurgeOptions): Promise<Purged[]> {
  const {
    olderThanDays,
    batchSize = FIRST_BATCH,
    dryRun = false,
    now = new Date(),
    signal,
    onBatch,
  } = options
  const endsAt = performance.now() + (options.forMs ?? Number.POSITIVE_INFINITY)
  const purged: Purged[] = []
  for (const { restaurantId, name, today } of await currentBusinessDates(db, now)) {
    const old = { restaurantId, name, keptFrom: addDays(today, -olderThanDays) }
    const { ready, notRolledUp } = await countOld(db, old)
    purged.push({ ...old, orders: ready, notRolledUp })
  }
  if (dryRun) return purged
  const expected = purged.reduce((sum, { orders }) => sum + orders, 0)
  let done = 0
  let size = batchSize
  for (const restaurant of purged) restaurant.orders = 0
  for (const restaurant of purged) {
    for await (const { seen, orders, milliseconds } of deleteInBatches(db, restaurant, () => size)) {
      restaurant.orders += orders
      done += orders
      size = nextSize(size, seen, milliseconds)
      signal?.throwIfAborted()
      // Only looked at: none of them can go yet.
      if (orders === 0) continue
      const flushed = await flush(db)
      onBatch?.({ orders, milliseconds, done, expected })
      if (performance.now() > endsAt) return purged
      await pause((milliseconds + flushed) * REST)
    }
  }
  return purged
}

/**
 * Waits until the log is on the disk up to here, in a transaction that locks nothing. Without it batches that wait for no
 * disk would pile up more log than a slow one takes, and a guest's order, whose commit comes behind all of it, would wait
 * with its restaurant's feed locked. This waits also where a server is set not to, and not for its replicas. Returns
 * milliseconds.
 */
async function flush(db: Db): Promise<number> {
  const startedAt = performance.now()
  await db.execute(sql`
    select pg_logical_emit_message(true, 'brigade', ''), set_config('synchronous_commit', 'local', true)`)
  return performance.now() - startedAt
}

/** So many as take `TARGET_MS`, yet at most twice as many as before. A batch that was a restaurant's rest says little. */
function nextSize(size: number, seen: number, milliseconds: number): number {
  const fitting = (seen / Math.max(1, milliseconds)) * TARGET_MS
  if (seen < size && fitting > size) return size
  return Math.round(Math.min(LARGEST_BATCH, 2 * size, Math.max(SMALLEST_BATCH, fitting)))
}

/** Of orders `o` of one restaurant: `m` has no row for those that can't go yet. */
const withFigures = sql`
  join restaurants r on r.id = o.restaurant_id
  left join kitchen_rollups c on c.restaurant_id = o.restaurant_id and c.through >= o.business_date
  left join daily_kitchen_metrics m
    on m.restaurant_id = c.restaurant_id and m.business_date = o.business_date
    and m.computed_at >= (o.business_date + 1 + r.day_cutoff) at time zone r.time_zone
    and not exists (
      select from order_events e
      where e.restaurant_id = o.restaurant_id and e.order_id = o.id and e.seq > c.seq
    )`

async function countOld(db: Db, old: Old): Promise<{ ready: number; notRolledUp: number }> {
  const [row] = await db.execute<{ ready: number; notRolledUp: number }>(sql`
    select count(m.business_date)::int as ready, (count(*) - count(m.business_date))::int as "notRolledUp"
    from orders o ${withFigures}
    where o.restaurant_id = ${old.restaurantId} and o.business_date < ${old.keptFrom}::date`)
  return row ?? { ready: 0, notRolledUp: 0 }
}

/**
 * From the oldest order on, each batch beginning where the last one ended: to look again from the start would mean to go
 * through all that was deleted so far. It is taken by its key before anything is asked about it: joined first, the plan is
 * a guess at how many days two parameters mean, and one of the guesses reads all old orders for each batch. No batch waits
 * for the disk: one that a crash undoes is purged again.
 */
async function* deleteInBatches(db: Db, old: Old, size: () => number) {
  for (let after = { date: '-infinity', call: 0 }; ; ) {
    const startedAt = performance.now()
    const [row] = await db.execute<{ seen: number; orders: number; date: string; call: number }>(sql`
      with seen as materialized (
        select restaurant_id, id, business_date, call_number from orders
        where restaurant_id = ${old.restaurantId} and business_date < ${old.keptFrom}::date
          and (business_date, call_number) > (${after.date}::text::date, ${after.call}::int)
        order by business_date, call_number
        limit ${size()}::int
        for update skip locked
      ), batch as (
        select o.id from seen o ${withFigures} where m.business_date is not null
      ), gone as (
        delete from orders o using batch where o.restaurant_id = ${old.restaurantId} and o.id = batch.id returning 1
      )
      select (select count(*)::int from seen) as seen, (select count(*)::int from gone) as orders,
        business_date::text as date, call_number as call, set_config('synchronous_commit', 'off', true)
      from seen order by business_date desc, call_number desc limit 1`)
    if (!row) return
    const { seen, orders, date, call } = row
    after = { date, call }
    yield { seen, orders, milliseconds: performance.now() - startedAt }
  }
}
