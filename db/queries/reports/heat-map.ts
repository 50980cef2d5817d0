import { sql } from 'drizzle-orm'
import { type DateRange, daysOf } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import type { Outliers } from '@/domain/ticket-time'
import type { Db } from '../../client'
import { type Figures, type FiguresRow, figuresBy, toFigures } from '../../fragments/report-figures'

export type HeatCell = Figures & {
  /** Of the business date: 1 Monday to 7 Sunday. */
  weekday: number
  /** Local, 0 to 23: in which the orders were placed. */
  hour: number
  /** How many such weekdays the range has: figures divided by it are those of a usual one. */
  days: number
}

/** Figures by weekday and hour, in that order; hours without an order are left out. */
export async function getHeatMap(
  db: Db,
  scope: ReportScope,
  { range, outliers }: { range: DateRange; outliers: Outliers },
): Promise<HeatCell[]> {
  const rows = await db.execute<FiguresRow & { key: number }>(
    figuresBy(scope, [range], {
      dimension: 'hour',
      key: sql`(extract(isodow from business_date)::int * 100 + part::int)`,
      byDate: true,
    }),
  )
  return rows.map((row) => {
    const weekday = Math.floor(row.key / 100)
    return {
      weekday,
      hour: row.key % 100,
      days: weekdaysIn(range, weekday),
      ...toFigures(row, outliers),
    }
  })
}

/** How often a weekday comes in a range. */
function weekdaysIn(range: DateRange, weekday: number): number {
  const first = new Date(`${range.from}T00:00:00Z`).getUTCDay() || 7
  return Math.floor((daysOf(range) - 1 - ((weekday - first + 7) % 7)) / 7) + 1
}
