import { type SQL, sql } from 'drizzle-orm'

/** Whether somebody said that an alert may wait, and it still may. */
export const isQuiet: SQL = sql`(acknowledged_at is not null and (snoozed_until is null or snoozed_until > now()))`

/** Severities of `openPairs`, worst last. */
const rank: SQL = sql`case kind when 'out' then 3 when 'low' then 2 else 1 end`

/**
 * A query of what is open of each restaurant and ingredient as one row: its worst kind (`severity`, 3 is out), and
 * whether somebody said that all of it may wait.
 * @param conditions on the alerts of one pair together
 */
export const openPairs = (restaurantIds: readonly number[], conditions: SQL): SQL => sql`
  select restaurant_id, ingredient_id, max(${rank}) as severity, bool_and(${isQuiet}) as is_quiet
  from stock_alerts
  where restaurant_id = any(${sql.param(restaurantIds)}::int[]) and cleared_at is null
  group by restaurant_id, ingredient_id
  having ${conditions}`
