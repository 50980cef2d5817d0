import { type SQL, sql } from 'drizzle-orm'
import { MOST_DAYS_LEFT } from '@/domain/stock-use'

const week = sql`(u.used[1] + u.used[2] + u.used[3] + u.used[4] + u.used[5] + u.used[6] + u.used[7])`

/** What is used on an average day, by a `stock_use` row `u`; null without one. In the ingredient's unit, three decimals. */
export const averageUse: SQL = sql`round(${week} / 28, 3)`

/**
 * `daysLeft` in SQL, of a level `s` with what its weekdays used, `u`: what whole weeks leave over lasts through as many
 * of the next six days as their sum allows. An expression and no subquery, since lists ask for hundreds.
 * @param weekday of today, 1 Monday to 7 Sunday
 */
export function daysLeft(weekday: SQL): SQL {
  const dayAfter = (days: number) => sql`u.used[1 + (${weekday} - 1 + ${sql.raw(String(days))}) % 7]`
  const rest = sql`mod(4 * s.on_hand, ${week})`
  const through = [0, 1, 2, 3, 4, 5].map((last) => {
    const days = Array.from({ length: last + 1 }, (_, days) => dayAfter(days))
    return sql`(${sql.join(days, sql` + `)} <= ${rest})::int`
  })
  return sql`(case when u.used is null or ${week} <= 0 then null when s.on_hand <= 0 then 0
    else least(7 * div(4 * s.on_hand, ${week}) + ${sql.join(through, sql` + `)}, ${MOST_DAYS_LEFT}) end)::int`
}
