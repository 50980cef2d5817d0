import { sql } from 'drizzle-orm'
import { addDays, type BusinessDate, lastEndedDate } from '@/domain/business-day'
import type { DateRange } from '@/domain/report-range'
import type { SystemScope } from '@/domain/scope'
import type { RecomputedReason } from '@/domain/vocabulary'
import type { Db } from '../client'
import { firstUuid7 } from '../fragments/uuid'
import { type KitchenDay, storeDays } from './kitchen-days'

/** Restaurant days in one transaction: a day of the largest chain. */
const DAYS_AT_ONCE = 500

/** How far a restaurant's days are closed, and how far its events have come. */
type Progress = {
  restaurantId: number
  /** Null where no day is closed yet. */
  through: BusinessDate | null
  seq: number
  /** The first business date with an order; null where there is none. */
  first: BusinessDate | null
  /** The last business date that has ended. */
  ended: BusinessDate
}

/** Stops between two transactions; hears of each before it begins: the share that is done, and its first date. */
export type Watch = { signal?: AbortSignal; progress?: (share: number, date: BusinessDate) => void }

/** Restaurant days that were closed, and closed ones that were computed again because an order of theirs changed. */
export type ClosedDays = { closed: number; recomputed: number }

/**
 * Closes every business day that has ended and is not closed yet, of each restaurant from its first order on: stores its
 * sales and figures and the chain's sums. Closed days that an order changed of since (by its events, which are numbered
 * without a gap in commit order, so that none is missed) are computed again and marked. Some hundred days in a
 * transaction: stopped anywhere it goes on from there, and of two at once one waits for the other.
 */
export async function closeKitchenDays(
  db: Db,
  _scope: SystemScope,
  {
    now = new Date(),
    restaurantIds,
    ...watch
  }: Watch & { now?: Date; restaurantIds?: readonly number[] } = {},
): Promise<ClosedDays> {
  const progress = await readProgress(db, now, restaurantIds)
  // Before new days: once their number is noted, these events are not looked at again.
  const changed = await findChangedDays(db, progress)
  const recomputed = await inTransactions(db, changed, 'order_changed', watch)
  await noteEvents(db, progress)
  const closed = await inTransactions(db, progress.flatMap(openDays), null, watch)
  return { closed, recomputed }
}

/**
 * Computes closed days of a range of business dates again, and marks those whose figures that changed. Days whose orders
 * were purged stand as they are, and so do days that are not closed: reports compute those from their orders.
 */
export async function storeKitchenMetrics(
  db: Db,
  _scope: SystemScope,
  { from, to, restaurantIds }: DateRange & { restaurantIds?: readonly number[] },
): Promise<{ stored: number }> {
  const days = await db.execute<KitchenDay>(sql`
    select k.restaurant_id as "restaurantId", d.date::date::text as "businessDate", k.seq::float8 as seq
    from kitchen_rollups k
    cross join lateral generate_series(${from}::date, least(${to}::date, k.through), interval '1 day') d (date)
    where ${ofRestaurants(sql`k.restaurant_id`, restaurantIds)} and exists (
      select from daily_kitchen_metrics m
      where m.restaurant_id = k.restaurant_id and m.business_date = d.date::date and m.closed_at is not null)`)
  return { stored: await inTransactions(db, days, 'asked') }
}

const ofRestaurants = (column: ReturnType<typeof sql>, ids: readonly number[] | undefined) =>
  ids ? sql`${column} = any(${sql.param(ids)}::int[])` : sql`true`

async function readProgress(
  db: Db,
  now: Date,
  restaurantIds: readonly number[] | undefined,
): Promise<Progress[]> {
  const rows = await db.execute<Omit<Progress, 'ended'> & { timeZone: string; dayCutoff: string }>(sql`
    select r.id as "restaurantId", k.through::text as through, coalesce(f.seq, 0)::float8 as seq,
      case when k.through is null then (
        select min(business_date) from orders where restaurant_id = r.id
      )::text end as first,
      r.time_zone as "timeZone", to_char(r.day_cutoff, 'HH24:MI') as "dayCutoff"
    from restaurants r
    left join kitchen_rollups k on k.restaurant_id = r.id
    left join kitchen_feed f on f.restaurant_id = r.id
    where ${ofRestaurants(sql`r.id`, restaurantIds)}
    order by r.id`)
  return rows.map(({ timeZone, dayCutoff, ...row }) => ({
    ...row,
    ended: lastEndedDate(now, timeZone, dayCutoff),
  }))
}

function openDays({ restaurantId, through, first, ended, seq }: Progress): KitchenDay[] {
  const days: KitchenDay[] = []
  const from = through === null ? first : addDays(through, 1)
  for (let date = from; date !== null && date <= ended; date = addDays(date, 1))
    days.push({ restaurantId, businessDate: date, seq })
  return days
}

/**
 * Closed days of which an order has an event that they do not know yet. An order's id is as old as the order, so what
 * happened to today's is passed over without a look at the order.
 */
async function findChangedDays(db: Db, progress: readonly Progress[]): Promise<KitchenDay[]> {
  const closed = progress.filter(({ through }) => through !== null)
  return db.execute<KitchenDay>(sql`
    select distinct o.restaurant_id as "restaurantId", o.business_date::text as "businessDate", asked.seq::float8 as seq
    from unnest(
      ${sql.param(closed.map((row) => row.restaurantId))}::int[], ${sql.param(closed.map((row) => row.seq))}::bigint[]
    ) as asked (restaurant_id, seq)
    join kitchen_rollups k on k.restaurant_id = asked.restaurant_id
    join restaurants r on r.id = asked.restaurant_id
    cross join lateral (
      select distinct order_id from order_events e
      where e.restaurant_id = k.restaurant_id and e.seq > k.seq and e.seq <= asked.seq and e.kind <> 'acknowledged'
        -- Two hours are spared for a clock change and for clocks that differ.
        and e.order_id < ${firstUuid7(
          sql`((k.through + 1 + r.day_cutoff) at time zone r.time_zone + interval '2 hours')`,
        )}
      offset 0
    ) e
    join orders o on o.restaurant_id = k.restaurant_id and o.id = e.order_id and o.business_date <= k.through
    order by 2, 1`)
}

/** Changes up to these numbers are computed. Never back: another run may have come further. */
async function noteEvents(db: Db, progress: readonly Progress[]): Promise<void> {
  await db.execute(sql`
    update kitchen_rollups k set seq = asked.seq
    from unnest(
      ${sql.param(progress.map((row) => row.restaurantId))}::int[],
      ${sql.param(progress.map((row) => row.seq))}::bigint[]
    ) as asked (restaurant_id, seq)
    where k.restaurant_id = asked.restaurant_id and k.seq < asked.seq`)
}

/** By date, so that whenever it stops each restaurant's days are closed without a gap. Returns how many were stored. */
async function inTransactions(
  db: Db,
  days: readonly KitchenDay[],
  because: RecomputedReason | null,
  { signal, progress }: Watch = {},
): Promise<number> {
  const ordered = [...days].sort(
    (a, b) => a.businessDate.localeCompare(b.businessDate) || a.restaurantId - b.restaurantId,
  )
  let stored = 0
  for (let start = 0; start < ordered.length; start += DAYS_AT_ONCE) {
    const some = ordered.slice(start, start + DAYS_AT_ONCE)
    signal?.throwIfAborted()
    progress?.(start / ordered.length, some[0]?.businessDate ?? '')
    stored += await db.transaction((tx) => storeDays(tx, some, because))
  }
  return stored
}
