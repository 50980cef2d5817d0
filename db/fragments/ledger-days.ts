import { type SQL, sql } from 'drizzle-orm'
import { firstUuid7 } from './uuid'

const kindsOf = (kinds: string) => sql.raw(`coalesce(sum(m.quantity) filter (where m.kind in (${kinds})), 0)`)

/** The ledger `m` of one group as the columns of `daily_stock_use`. */
export const ledgerSums: SQL = sql`${kindsOf("'received'")} as received, -${kindsOf("'consumed', 'reversed'")} as consumed,
  -${kindsOf("'waste'")} as wasted, ${kindsOf("'count'")} as counted, ${kindsOf("'transfer'")} as transferred`

/**
 * A query of a restaurant's movements by business date and ingredient, in the columns of `daily_stock_use`: from the
 * rollup as far as it goes, and from the ledger itself for the days since, which it finds by the time in its key.
 * @param from the first business date
 * @param ingredientId of one ingredient alone, or null
 */
export function ledgerDays(
  restaurantId: number,
  { from, to, ingredientId }: { from: string; to: string; ingredientId: number | null },
): SQL {
  const one = ingredientId === null ? sql`` : sql`and m.ingredient_id = ${ingredientId}`
  const through = sql`(select coalesce(max(through), '-infinity') from stock_rollups where restaurant_id = ${restaurantId})`
  // A business date begins at most 14 hours before its midnight in UTC and its movements are made after it began.
  const since = sql`greatest(${from}::date, case when ${through} = '-infinity' then ${from}::date else ${through} + 1 end)
    - interval '1 day'`
  return sql`
    select m.business_date, m.ingredient_id, m.received, m.consumed, m.wasted, m.counted, m.transferred
    from daily_stock_use m
    where m.restaurant_id = ${restaurantId} and m.business_date between ${from}::date and ${to}::date
      and m.business_date <= ${through} ${one}
    union all
    select m.business_date, m.ingredient_id, ${ledgerSums}
    from stock_movements m
    where m.restaurant_id = ${restaurantId} and m.id >= ${firstUuid7(sql`(${since}) at time zone 'UTC'`)} ${one}
      and m.business_date between ${from}::date and ${to}::date and m.business_date > ${through}
    group by m.business_date, m.ingredient_id`
}
