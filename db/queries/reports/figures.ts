import { sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import type { Outliers } from '@/domain/ticket-time'
import type { Db } from '../../client'
import {
  type Figures,
  type FiguresRow,
  figuresBy,
  NO_FIGURES,
  toFigures,
} from '../../fragments/report-figures'

/** The figures of each range in its order, in one statement: of a period and of those it is compared with. */
export async function getFigures(
  db: Db,
  scope: ReportScope,
  { ranges, outliers }: { ranges: readonly DateRange[]; outliers: Outliers },
): Promise<Figures[]> {
  const rows = await db.execute<FiguresRow & { key: number }>(
    figuresBy(scope, ranges, { dimension: 'day', key: sql`n`, byDate: false }),
  )
  const byRange = new Map(rows.map((row) => [row.key, row]))
  return ranges.map((_, n) => toFigures(byRange.get(n) ?? NO_FIGURES, outliers))
}
