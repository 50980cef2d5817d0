import { type SQL, sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import { foodCosts, wasteCosts } from './food-costs'
import { isChain, isReported, openDays } from './report-days'

/**
 * A query of `business_date, part, value`: the food costs of a range in cents, several rows of a date and part where there
 * are several restaurants. Stored days as they were valued, the others from the ledger at today's prices.
 * @param only what was thrown away, by its cause: of the other parts the days not stored have nothing
 */
export function reportedCosts(scope: ReportScope, range: DateRange, only?: 'waste'): SQL {
  const between = sql`business_date between ${range.from}::date and ${range.to}::date`
  const stored = isChain(scope)
    ? sql`select business_date, part, value from chain_food_costs where ${between}`
    : sql`
      select c.business_date, c.part, c.value
      from food_cost_rollups k
      cross join lateral (
        select * from daily_food_costs where restaurant_id = k.restaurant_id and ${between} offset 0
      ) c
      where ${isReported(sql`k.restaurant_id`, scope)}`
  const open = openDays(scope, [range], 'food_cost_rollups')
  return sql`
    ${stored}
    union all
    select business_date, part, value
    from (${only === 'waste' ? wasteCosts(open) : foodCosts(open)}) live`
}
