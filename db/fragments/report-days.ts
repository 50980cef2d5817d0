import { type SQL, sql } from 'drizzle-orm'
import type { DateRange } from '@/domain/report-range'
import type { ReportScope } from '@/domain/scope'

/** Whether a restaurant, by the column that names it, is one of those that a report is about. */
export function isReported(column: SQL, scope: ReportScope): SQL {
  if ('restaurant' in scope) return sql`${column} = ${scope.restaurant.id}`
  return scope.isWholeChain ? sql`true` : sql`${column} = any(${sql.param(scope.restaurantIds)}::int[])`
}

/** Whether the chain's own sums answer for the scope. */
export const isChain = (scope: ReportScope): boolean => !('restaurant' in scope) && scope.isWholeChain

/** A query of ranges as `n` (their place in the list, from 0), `first` and `last`. */
export const rangeRows = (ranges: readonly DateRange[]): SQL => sql`
  select (n - 1)::int as n, first, last
  from unnest(
    ${sql.param(ranges.map((range) => range.from))}::text[]::date[],
    ${sql.param(ranges.map((range) => range.to))}::text[]::date[]
  ) with ordinality as given (first, last, n)`

/**
 * A query of `restaurant_id, business_date`: the restaurants' days in a range that are not in the stored figures yet and
 * have begun somewhere, each pair once. No order is of a later day than the calendar has in its easternmost zone.
 * @param rollups the table that says how far each restaurant's days are stored
 */
export function openDays(
  scope: ReportScope,
  ranges: readonly DateRange[],
  rollups: 'kitchen_rollups' | 'food_cost_rollups',
): SQL {
  return sql`
    select distinct r.id as restaurant_id, d.date::date as business_date
    from restaurants r
    left join ${sql.identifier(rollups)} k on k.restaurant_id = r.id
    cross join (${rangeRows(ranges)}) asked
    cross join lateral generate_series(
      greatest(asked.first, k.through + 1), least(asked.last, (now() at time zone 'Pacific/Kiritimati')::date),
      interval '1 day'
    ) d (date)
    where ${isReported(sql`r.id`, scope)}`
}
