import { type SQL, sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'
import { openDays } from './report-days'

/**
 * A query of `restaurant_id, id, business_date, total`: the orders of a range that were sold, which is confirmed and not
 * cancelled, on days that are not closed. A probe for each restaurant: no guess of how many orders there are leads to a
 * scan of all.
 */
export const soldOrders = (scope: ReportScope, range: DateRange): SQL => sql`
  select o.*
  from (${openDays(scope, [range], 'kitchen_rollups')}) open
  cross join lateral (
    select restaurant_id, id, business_date, total from orders
    where restaurant_id = open.restaurant_id and business_date between open.first and open.last
      and confirmed_at is not null and status <> 'cancelled'
    offset 0
  ) o`
