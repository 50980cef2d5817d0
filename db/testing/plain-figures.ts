import { sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { Outliers } from '@/domain/ticket-time'
import type { Channel, OrderStatus, Station } from '@/domain/vocabulary'
import type { Database } from '../client'

/** An order with all that hangs on it, as raw rows; instants in milliseconds, which is as fine as tests write them. */
export type RawOrder = {
  restaurantId: number
  businessDate: string
  status: OrderStatus
  channel: Channel
  total: number
  timeZone: string
  createdAt: number
  confirmedAt: number | null
  readyAt: number | null
  redMinutes: number
  recalls: number
  lines: { line: number; menuItemId: number; station: Station; quantity: number; subtotal: number }[]
  ticks: { line: number; at: number }[]
}

/** Every order there is, with nothing computed. */
export async function readRawOrders(db: Database): Promise<RawOrder[]> {
  const ms = (column: string) => sql.raw(`round(extract(epoch from o.${column}) * 1000)::float8`)
  const rows = await db.execute<RawOrder>(sql`
    select o.restaurant_id as "restaurantId", o.business_date::text as "businessDate", o.status, o.channel, o.total,
      r.time_zone as "timeZone", ${ms('created_at')} as "createdAt", ${ms('confirmed_at')} as "confirmedAt",
      ${ms('ready_at')} as "readyAt",
      coalesce((select red_minutes from age_thresholds t where t.restaurant_id = r.id and t.channel = o.channel),
        r.red_minutes) as "redMinutes",
      (select count(*)::int from order_events e
        where e.restaurant_id = r.id and e.order_id = o.id and e.kind = 'recalled') as recalls,
      (select coalesce(json_agg(json_build_object('line', i.line, 'menuItemId', i.menu_item_id, 'station', m.station,
          'quantity', i.quantity, 'subtotal', i.subtotal)), '[]')
        from order_items i join menu_items m on m.id = i.menu_item_id
        where i.restaurant_id = r.id and i.order_id = o.id) as lines,
      (select coalesce(json_agg(json_build_object('line', (e.details -> 'items' -> 0 ->> 'line')::int,
          'at', round(extract(epoch from e.at) * 1000)::float8)), '[]')
        from order_events e
        where e.restaurant_id = r.id and e.order_id = o.id and e.kind = 'item_status'
          and e.details -> 'items' -> 0 ->> 'status' = 'done') as ticks
    from orders o join restaurants r on r.id = o.restaurant_id`)
  return [...rows]
}

/** What one order counts as: the whole of it, or one station's part. */
export type Counted = {
  status: OrderStatus
  fired: boolean
  total: number
  recalls: number
  minutes: number | null
  red: number
  dishes: number
}

const minutesTo = (order: RawOrder, done: number | null): number | null =>
  order.readyAt !== null && order.confirmedAt !== null && order.readyAt >= order.confirmedAt && done !== null
    ? Math.max(0, (done - order.confirmedAt) / 60_000)
    : null

export const wholeOrder = (order: RawOrder): Counted => ({
  status: order.status,
  fired: order.confirmedAt !== null,
  total: order.total,
  recalls: order.recalls,
  minutes: minutesTo(order, order.readyAt),
  red: order.redMinutes,
  dishes: 0,
})

/** The part of an order that a station cooks, or nothing. */
export function stationPart(order: RawOrder, station: Station): Counted[] {
  const lines = order.lines.filter((line) => line.station === station)
  if (lines.length === 0) return []
  const { readyAt } = order
  const done = lines.map(({ line }) => {
    const ticks = order.ticks.filter((tick) => tick.line === line).map(({ at }) => at)
    return ticks.length > 0 ? Math.max(...ticks) : (readyAt ?? 0)
  })
  const last = readyAt === null ? null : Math.min(readyAt, Math.max(...done))
  const sum = (of: 'quantity' | 'subtotal') => lines.reduce((total, line) => total + line[of], 0)
  return [
    {
      ...wholeOrder(order),
      total: sum('subtotal'),
      recalls: 0,
      minutes: minutesTo(order, last),
      dishes: sum('quantity'),
    },
  ]
}

/** The local hour in which it was placed. */
export const hourOf = ({ createdAt, timeZone }: RawOrder): number =>
  Number(new Date(createdAt).toLocaleTimeString('en-GB', { timeZone, hourCycle: 'h23' }).slice(0, 2))

export const within =
  ({ from, to }: DateRange) =>
  (order: RawOrder): boolean =>
    order.businessDate >= from && order.businessDate <= to

/** As PostgreSQL's percentile_cont: the value at a share of the sorted list, interpolated; null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [below = 0, above = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return below + (above - below) * (at - Math.floor(at))
}

/** Minutes as a histogram knows them: those of one minute spread evenly over it, four hours and more as four hours. */
function spread(minutes: readonly number[]): number[] {
  const known = minutes.filter((minute) => minute < 240)
  const slots = [...new Set(known.map(Math.floor))]
  return [
    ...slots.flatMap((slot) => {
      const many = known.filter((minute) => Math.floor(minute) === slot).length
      return Array.from({ length: many }, (_, n) => slot + (n + 0.5) / many)
    }),
    ...minutes.filter((minute) => minute >= 240).map(() => 240),
  ]
}

/** `Figures` of some orders, counted one by one. */
export function plainFigures(counted: readonly Counted[], outliers: Outliers) {
  const cancelled = counted.filter(({ status }) => status === 'cancelled')
  const sold = counted.filter(({ status, fired }) => fired && status !== 'cancelled')
  const revenue = sold.reduce((sum, { total }) => sum + total, 0)
  const timed = counted.flatMap(({ minutes, red }) => (minutes === null ? [] : [{ minutes, red }]))
  const told = timed.filter(({ minutes }) => outliers === 'included' || minutes < 240)
  const late = told.filter(({ minutes, red }) => minutes >= Math.min(red, 240)).length
  const minutes = told.map((ticket) => ticket.minutes)
  return {
    placed: counted.length,
    completed: counted.filter(({ status }) => status === 'delivered').length,
    cancelledBeforeFiring: cancelled.filter(({ fired }) => !fired).length,
    cancelledAfterFiring: cancelled.filter(({ fired }) => fired).length,
    recalls: counted.reduce((sum, { recalls }) => sum + recalls, 0),
    orders: sold.length,
    revenue,
    averageCheck: sold.length === 0 ? null : revenue / sold.length,
    tickets: told.length,
    averageMinutes: told.length === 0 ? null : minutes.reduce((sum, minute) => sum + minute, 0) / told.length,
    medianMinutes: percentile(spread(minutes), 0.5),
    p90Minutes: percentile(spread(minutes), 0.9),
    late,
    lateShare: told.length === 0 ? null : late / told.length,
    outliers: timed.filter((ticket) => ticket.minutes >= 240).length,
  }
}
