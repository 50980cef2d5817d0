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

export type NumberedRange = DateRange & { n: number }

/** A query of ranges as `n`, `first` and `last`. */
export const rangeRows = (ranges: readonly NumberedRange[]): SQL => sql`
  select * from (values ${sql.join(
    ranges.map(({ n, from, to }) => sql`(${sql.raw(String(n))}, ${from}::date, ${to}::date)`),
    sql`, `,
  )}) as given (n, first, last)`

/**
 * A query of `restaurant_id, first, last`: of each restaurant the business dates from the first of some ranges to their
 * last that are not in the stored figures yet. Days between two ranges may be among them.
 * @param rollups the table that says how far each restaurant's days are stored
 */
export function openDays(
  scope: ReportScope,
  ranges: readonly DateRange[],
  rollups: 'kitchen_rollups' | 'food_cost_rollups',
): SQL {
  const dates = ranges.flatMap(({ from, to }) => [from, to]).sort()
  const [first, last] = [dates.at(0), dates.at(-1)]
  return sql`
    select r.id as restaurant_id, greatest(${first}::date, k.through + 1) as first, ${last}::date as last
    from restaurants r
    left join ${sql.identifier(rollups)} k on k.restaurant_id = r.id
    where ${isReported(sql`r.id`, scope)} and (k.through is null or k.through < ${last}::date)`
}
