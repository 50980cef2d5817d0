import { type SQL, sql } from 'drizzle-orm'
import { type DateRange, splitByMonth } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import { type Outliers, percentileMinutes, type TicketHistogram } from '@/domain/ticket-time'
import type { FigureDimension } from '@/domain/vocabulary'
import { COUNTERS, counterColumns, orderFigures } from './order-figures'
import { isChain, isReported, type NumberedRange, openDays, rangeRows } from './report-days'

/** What a kitchen did, and how fast; times in minutes, money in cents. */
export type Figures = {
  placed: number
  completed: number
  cancelledBeforeFiring: number
  cancelledAfterFiring: number
  recalls: number
  /** Confirmed and not cancelled, what those come to, and that for one of them. */
  orders: number
  revenue: number
  averageCheck: number | null
  /** With a ticket time, fired to ready: without outliers where the switch leaves them out, like all that follows. */
  tickets: number
  averageMinutes: number | null
  /** From the histogram of whole minutes. */
  medianMinutes: number | null
  p90Minutes: number | null
  /** As late as the wall calls late; its share of the tickets from 0 to 1. */
  late: number
  lateShare: number | null
  /** Four hours and more: counted whatever the switch says. */
  outliers: number
}

/** A group of `figuresBy`: the sums, and the histogram where it was asked for. */
export type FiguresRow = {
  placed: number
  completed: number
  cancelledBeforeFiring: number
  cancelledAfterFiring: number
  recalls: number
  sold: number
  revenue: number
  tickets: number
  late: number
  outliers: number
  ticketMs: number
  outlierMs: number
  dishes: number
  /** Some of it comes from orders of days that are not closed. */
  isLive: boolean
  histogram: TicketHistogram
}

type Grouping = {
  dimension: FigureDimension
  /** Of what is grouped: `n` (the range's place in the list), `business_date`, `part`, or what is made of them. */
  key: SQL
  /** Whether the key is made of the date: then no month can stand for its days. */
  byDate: boolean
}

/**
 * Clauses of a `with` that end in `part`: the figures of one dimension over ranges of business dates, with their `key`.
 * Closed days as they are stored, of the whole chain as they and whole months are stored summed; the others from their
 * orders.
 */
function reportedParts(scope: ReportScope, ranges: readonly DateRange[], grouping: Grouping): SQL {
  const { dimension, key } = grouping
  const asked = ranges.map((range, n) => ({ n, ...range }))
  // The key once a row: below a row becomes one for each of its minutes.
  const columns = sql`${key} as key, ${counterColumns}, minutes, minute_tickets`
  const stored = isChain(scope)
    ? chainParts(asked, grouping, columns)
    : restaurantParts(scope, asked, dimension, columns)
  return sql`${orderFigures(openDays(scope, ranges, 'kitchen_rollups'), { only: dimension })}, part as materialized (
    ${stored}
    union all
    select true as is_live, ${columns}
    from (${rangeRows(asked)}) asked
    join figure on figure.business_date between asked.first and asked.last
  )`
}

const restaurantParts = (
  scope: ReportScope,
  asked: readonly NumberedRange[],
  dimension: FigureDimension,
  columns: SQL,
): SQL => sql`
  select false as is_live, ${columns}
  from (${rangeRows(asked)}) asked
  cross join (select id from restaurants r where ${isReported(sql`r.id`, scope)}) r
  cross join lateral (
    select * from daily_kitchen_parts
    where restaurant_id = r.id and business_date between asked.first and asked.last and dimension = ${dimension}
    offset 0
  ) p`

function chainParts(asked: readonly NumberedRange[], { dimension, byDate }: Grouping, columns: SQL): SQL {
  const split = asked.map(({ n, ...range }) => ({
    n,
    ...(byDate ? { months: null, rest: [range] } : splitByMonth(range)),
  }))
  const days = split.flatMap(({ n, rest }) => rest.map((range) => ({ n, ...range })))
  const months = split.flatMap(({ n, months }) => (months ? [{ n, ...months }] : []))
  const sums = [
    { of: days, table: sql`chain_kitchen_parts`, date: sql`business_date` },
    { of: months, table: sql`chain_kitchen_months`, date: sql`month` },
  ].filter(({ of }) => of.length > 0)
  return sql.join(
    sums.map(
      ({ of, table, date }) => sql`
        select false as is_live, ${columns}
        from (${rangeRows(of)}) asked
        cross join lateral (
          select * from ${table} where dimension = ${dimension} and ${date} between asked.first and asked.last
          offset 0
        ) p`,
    ),
    sql` union all `,
  )
}

/** A query of figures by a key, with the key as `key`, in its order. */
export const figuresBy = (scope: ReportScope, ranges: readonly DateRange[], grouping: Grouping): SQL => sql`
  with ${reportedParts(scope, ranges, grouping)}, total as (
    select key, bool_or(is_live) as "isLive", ${sums} from part group by key
  ), ${histograms}
  select total.*, coalesce(counted.histogram, '[]') as histogram
  from total left join counted using (key)
  order by key`

/**
 * A query of the figures of each restaurant, with its id as `key`. Without a histogram, which of 500 would cost most; so
 * that whole months come from their sums, and only the days around those one by one.
 */
export function figuresOfEach(scope: ReportScope, range: DateRange): SQL {
  const { months, rest } = splitByMonth(range)
  const isOurs = isReported(sql`r.id`, scope)
  const stored = [
    ...(months
      ? [
          sql`
      select r.id as key, false as is_live, ${counterColumns}
      from restaurants r
      join monthly_kitchen_figures m on m.restaurant_id = r.id
      where ${isOurs} and m.month between ${months.from}::date and ${months.to}::date`,
        ]
      : []),
    ...rest.map(
      ({ from, to }) => sql`
      select r.id as key, false as is_live, ${counterColumns}
      from restaurants r
      cross join lateral (
        select * from daily_kitchen_parts
        where restaurant_id = r.id and business_date between ${from}::date and ${to}::date and dimension = 'day'
        offset 0
      ) p
      where ${isOurs}`,
    ),
  ]
  const open = openDays(scope, [range], 'kitchen_rollups')
  return sql`
  with ${orderFigures(open, { only: 'day', each: true })}, part as (
    ${sql.join(stored, sql` union all `)}
    union all
    select restaurant_id, true, ${counterColumns} from figure
  )
  select key, bool_or(is_live) as "isLive", ${sums}, '[]'::json as histogram
  from part group by key`
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

const sums: SQL = sql.raw(COUNTERS.map((name) => `sum(${name})::float8 as "${camel(name)}"`).join(', '))

/** A clause `counted` of the histograms by key. Unnested in the list of columns: in `from` each row costs a call more. */
const histograms: SQL = sql`
  counted as (
    select key, json_agg(json_build_array(minute, tickets) order by minute) as histogram
    from (
      select key, minute, sum(tickets) as tickets
      from (select key, unnest(minutes) as minute, unnest(minute_tickets) as tickets from part) h
      group by minute, key
    ) h
    group by key
  )`

/** The sums of no orders at all. */
export const NO_FIGURES: FiguresRow = {
  placed: 0,
  completed: 0,
  cancelledBeforeFiring: 0,
  cancelledAfterFiring: 0,
  recalls: 0,
  sold: 0,
  revenue: 0,
  tickets: 0,
  late: 0,
  outliers: 0,
  ticketMs: 0,
  outlierMs: 0,
  dishes: 0,
  isLive: false,
  histogram: [],
}

/** Figures of sums, with or without the outliers. An outlier is late by any rule. */
export function toFigures(row: FiguresRow, switched: Outliers): Figures {
  const left = switched === 'excluded' ? row.outliers : 0
  const tickets = row.tickets - left
  const late = row.late - left
  const ms = row.ticketMs + (switched === 'excluded' ? 0 : row.outlierMs)
  return {
    placed: row.placed,
    completed: row.completed,
    cancelledBeforeFiring: row.cancelledBeforeFiring,
    cancelledAfterFiring: row.cancelledAfterFiring,
    recalls: row.recalls,
    orders: row.sold,
    revenue: row.revenue,
    averageCheck: row.sold === 0 ? null : row.revenue / row.sold,
    tickets,
    averageMinutes: tickets === 0 ? null : ms / 60_000 / tickets,
    medianMinutes: percentileMinutes(row.histogram, 0.5, switched),
    p90Minutes: percentileMinutes(row.histogram, 0.9, switched),
    late,
    lateShare: tickets === 0 ? null : late / tickets,
    outliers: row.outliers,
  }
}
