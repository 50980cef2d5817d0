import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import { type DateRange, datesOf } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import { WASTE_CAUSES } from '@/domain/vocabulary'
import type { Db } from '../../client'
import { reportedCosts } from '../../fragments/report-costs'
import { reportedRevenue } from '../../fragments/report-revenue'

/** Cents, at the prices of the day on which each business day was stored. */
export type FoodCost = {
  /** Of orders that were confirmed and not cancelled. */
  revenue: number
  /** Sales by recipe card. */
  theoretical: number
  /** What the kitchen went through: sales, waste, and what counts found missing. */
  actual: number
  wasted: number
  /** Of the revenue, one decimal; null without revenue. */
  theoreticalPercent: number | null
  actualPercent: number | null
}

export type DayFoodCost = FoodCost & { date: BusinessDate }

type Row = Pick<FoodCost, 'revenue' | 'theoretical' | 'actual' | 'wasted'> & { date: BusinessDate | null }

const NOTHING: Partial<Row> = {}

/** Food cost of a range and of each of its business dates, actual against theoretical. */
export async function getFoodCost(
  db: Db,
  scope: ReportScope,
  { range }: { range: DateRange },
): Promise<{ total: FoodCost; days: DayFoodCost[] }> {
  const rows = await db.execute<Row>(sql`
    with line as (
      select business_date, revenue::numeric as revenue, 0::numeric as theoretical, 0::numeric as actual, 0::numeric as wasted
      from (${reportedRevenue(scope, range)}) sold
      union all
      select business_date, 0, case when part = 'theoretical' then value else 0 end,
        case when part = 'actual' then value else 0 end,
        case when part = any(${sql.param(WASTE_CAUSES)}::text[]) then value else 0 end
      from (${reportedCosts(scope, range)}) cost
    )
    select business_date::text as date, coalesce(round(sum(revenue)), 0)::float8 as revenue,
      coalesce(round(sum(theoretical)), 0)::float8 as theoretical,
      coalesce(round(sum(actual)), 0)::float8 as actual, coalesce(round(sum(wasted)), 0)::float8 as wasted
    from line
    group by grouping sets ((), (business_date))`)
  const byDate = new Map(rows.map((row) => [row.date, row]))
  const of = (date: BusinessDate | null): FoodCost => {
    const { revenue = 0, theoretical = 0, actual = 0, wasted = 0 } = byDate.get(date) ?? NOTHING
    const percent = (cost: number) => (revenue > 0 ? Math.round((1000 * cost) / revenue) / 10 : null)
    return {
      revenue,
      theoretical,
      actual,
      wasted,
      theoreticalPercent: percent(theoretical),
      actualPercent: percent(actual),
    }
  }
  return { total: of(null), days: datesOf(range).map((date) => ({ date, ...of(date) })) }
}
