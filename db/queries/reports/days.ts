import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import { type DateRange, datesOf } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import type { Outliers } from '@/domain/ticket-time'
import type { RecomputedReason } from '@/domain/vocabulary'
import type { Db } from '../../client'
import { milliseconds } from '../../fragments/milliseconds'
import { isReported } from '../../fragments/report-days'
import {
  type Figures,
  type FiguresRow,
  figuresBy,
  NO_FIGURES,
  toFigures,
} from '../../fragments/report-figures'

export type DayFigures = Figures & {
  date: BusinessDate
  /** Some restaurant's figures of it come from its orders, since the day is not closed there. */
  isLive: boolean
  /** The local hour in which most orders were placed, 0 to 23; only of one restaurant's closed days. */
  peakHour: number | null
  /** When the figures of this closed day last changed, in milliseconds since 1970, and why; null: never. */
  recomputedAt: number | null
  recomputedBecause: RecomputedReason | null
}

/** What is known of closed days of one restaurant alone. */
type ClosedDay = {
  date: BusinessDate
  peakHour: number | null
  medianMinutes: number | null
  p90Minutes: number | null
  medianWithoutOutliers: number | null
  p90WithoutOutliers: number | null
  recomputedAt: number | null
  recomputedBecause: RecomputedReason | null
}

/**
 * Figures of each business date of a range, also of those without an order. Median and p90 of a restaurant's closed days
 * are exact, those of several restaurants and of a day that is not closed come from the histogram of whole minutes.
 */
export async function listDays(
  db: Db,
  scope: ReportScope,
  { range, outliers }: { range: DateRange; outliers: Outliers },
): Promise<DayFigures[]> {
  const rows = await db.execute<FiguresRow & { key: BusinessDate }>(
    figuresBy(scope, [range], { dimension: 'day', key: sql`business_date::text`, byDate: true }),
  )
  const days = new Map(rows.map((row) => [row.key, row]))
  const closed = 'restaurant' in scope ? await closedDays(db, scope, range) : new Map<string, ClosedDay>()
  return datesOf(range).map((date) => {
    const known = closed.get(date)
    const row = days.get(date) ?? NO_FIGURES
    return {
      date,
      isLive: row.isLive,
      peakHour: known?.peakHour ?? null,
      ...toFigures(row, outliers),
      ...(known && exact(known, outliers)),
      recomputedAt: known?.recomputedAt ?? null,
      recomputedBecause: known?.recomputedBecause ?? null,
    }
  })
}

const exact = (day: ClosedDay, outliers: Outliers) =>
  outliers === 'included'
    ? { medianMinutes: day.medianMinutes, p90Minutes: day.p90Minutes }
    : { medianMinutes: day.medianWithoutOutliers, p90Minutes: day.p90WithoutOutliers }

async function closedDays(db: Db, scope: ReportScope, range: DateRange): Promise<Map<string, ClosedDay>> {
  const rows = await db.execute<ClosedDay>(sql`
    select business_date::text as date, extract(hour from peak_hour_start)::int as "peakHour",
      median_prep_time::float8 as "medianMinutes",
      p90_prep_time::float8 as "p90Minutes", median_without_outliers::float8 as "medianWithoutOutliers",
      p90_without_outliers::float8 as "p90WithoutOutliers", ${milliseconds(sql`recomputed_at`)} as "recomputedAt",
      recomputed_because as "recomputedBecause"
    from daily_kitchen_metrics
    where ${isReported(sql`restaurant_id`, scope)} and business_date between ${range.from}::date and ${range.to}::date
      and closed_at is not null`)
  return new Map(rows.map((row) => [row.date, row]))
}
