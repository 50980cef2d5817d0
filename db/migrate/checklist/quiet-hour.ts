import { postgresCause, type Session } from '../../client'

const WEEKS = 4
const HOURS = 24 * 7
/** Up to this share of the average hour it is quiet. */
const QUIET_SHARE = 0.25
const UNDEFINED_TABLE = '42P01'

export type QuietHour = {
  /** Orders in this hour of the week, on average of the last four weeks. */
  now: number
  average: number
  busiest: number
  isQuiet: boolean
  /** The least busy hour of the next 24, and its orders. */
  next: { from: Date; orders: number }
}

/**
 * Whether the chain is quiet at an instant, by its own orders of four weeks, whose hours the daily metrics keep. Null
 * while there are none.
 */
export async function readQuietHour(session: Pick<Session, 'query'>, at: Date): Promise<QuietHour | null> {
  const orders = await ordersByHourOfWeek(session, at)
  const total = orders.reduce((sum, each) => sum + each, 0)
  if (total === 0) return null
  const slot = hourOfWeek(at)
  const average = total / HOURS
  const now = orders[slot] ?? 0
  const ahead = Array.from({ length: 24 }, (_, hours) => orders[(slot + hours) % HOURS] ?? 0)
  const best = ahead.indexOf(Math.min(...ahead))
  const from = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000 + best * 3_600_000)
  return {
    now,
    average,
    busiest: Math.max(...orders),
    isQuiet: now <= average * QUIET_SHARE,
    next: { from, orders: ahead[best] ?? 0 },
  }
}

/** Orders an hour, from Monday 0:00 UTC. */
async function ordersByHourOfWeek(session: Pick<Session, 'query'>, at: Date): Promise<number[]> {
  const orders = Array.from({ length: HOURS }, () => 0)
  try {
    // An hour before the day's cutoff belongs to the business day of the date before.
    const rows = await session.query<{ at: Date; orders: number }>(
      `select date_trunc('hour', local at time zone time_zone) as at, sum(orders)::int as orders
       from restaurants
       join daily_kitchen_metrics as metrics on metrics.restaurant_id = restaurants.id
         and business_date between ($1::timestamptz)::date - $2::int * 7 and ($1::timestamptz)::date - 1
       cross join unnest(orders_by_hour) with ordinality as counted(orders, place)
       cross join lateral (select make_time(place::int - 1, 0, 0) as hour) as clock
       cross join lateral (
         select business_date + case when hour < date_trunc('hour', day_cutoff) then 1 else 0 end + hour as local
       ) as moment
       where orders > 0
       group by 1`,
      [at, WEEKS],
    )
    for (const row of rows) {
      const slot = hourOfWeek(row.at)
      orders[slot] = (orders[slot] ?? 0) + row.orders / WEEKS
    }
  } catch (error) {
    // Before the first migration there are no orders either.
    if (postgresCause(error)?.code !== UNDEFINED_TABLE) throw error
  }
  return orders
}

function hourOfWeek(at: Date): number {
  return ((at.getUTCDay() + 6) % 7) * 24 + at.getUTCHours()
}
