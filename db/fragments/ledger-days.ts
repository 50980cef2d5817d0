import { type SQL, sql } from 'drizzle-orm'

const kindsOf = (kinds: string) => sql.raw(`coalesce(sum(m.quantity) filter (where m.kind in (${kinds})), 0)`)

/** The ledger `m` of one group as the columns of `daily_stock_use`. */
export const ledgerSums: SQL = sql`${kindsOf("'received'")} as received, -${kindsOf("'consumed', 'reversed'")} as consumed,
  -${kindsOf("'waste'")} as wasted, ${kindsOf("'count'")} as counted, ${kindsOf("'transfer'")} as transferred`

/**
 * A query of a restaurant's movements by business date and ingredient, in the columns of `daily_stock_use`: from the
 * rollup as far as it goes, and from the ledger itself for the days since.
 * @param from the first business date
 * @param ingredientId of one ingredient alone, or null
 */
export function ledgerDays(
  restaurantId: number,
  { from, to, ingredientId }: { from: string; to: string; ingredientId: number | null },
): SQL {
  const one = ingredientId === null ? sql`` : sql`and m.ingredient_id = ${ingredientId}`
  const through = sql`(select coalesce(max(through), '-infinity') from stock_rollups where restaurant_id = ${restaurantId})`
  return sql`
    select m.business_date, m.ingredient_id, m.received, m.consumed, m.wasted, m.counted, m.transferred
    from daily_stock_use m
    where m.restaurant_id = ${restaurantId} and m.business_date between ${from}::date and ${to}::date
      and m.business_date <= ${through} ${one}
    union all
    select m.business_date, m.ingredient_id, ${ledgerSums}
    from stock_movements m
    where m.restaurant_id = ${restaurantId} and m.business_date between ${from}::date and ${to}::date
      and m.business_date > ${through} ${one}
    group by m.business_date, m.ingredient_id`
}
