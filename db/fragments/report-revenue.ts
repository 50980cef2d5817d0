import { type SQL, sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import { isChain, isReported } from './report-days'
import { soldOrders } from './sold-orders'

/**
 * A query of `business_date, revenue`: what was sold in a range in cents, several rows of a date where there are several
 * restaurants. The revenue of `figuresBy`, without all that those must read besides.
 */
export function reportedRevenue(scope: ReportScope, range: DateRange): SQL {
  const between = sql`business_date between ${range.from}::date and ${range.to}::date`
  const stored = isChain(scope)
    ? sql`select business_date, revenue from chain_kitchen_parts where dimension = 'day' and ${between}`
    : sql`
      select p.business_date, p.revenue
      from restaurants r
      cross join lateral (
        select business_date, revenue from daily_kitchen_parts
        where restaurant_id = r.id and ${between} and dimension = 'day'
        offset 0
      ) p
      where ${isReported(sql`r.id`, scope)}`
  return sql`
    ${stored}
    union all
    select o.business_date, sum(o.total)
    from (${soldOrders(scope, range)}) o
    group by o.business_date`
}
