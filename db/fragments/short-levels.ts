import { type SQL, sql } from 'drizzle-orm'
import { isQuiet } from './open-alerts'

/** Of a row of `stock_levels`: it has an alert. What the index `stock_levels_short` holds. */
export const isShort: SQL = sql`(on_hand <= minimum or is_forecast)`

/**
 * The columns of `stock_levels_short`, letter by letter as the index has them: PostgreSQL computes them where stock moves
 * and reads them from the index. `severity` is that of the worst alert (3 is out), `cover` the share of the minimum that is
 * there, `lacking` how much par is above what is on hand and on order and `spread` how much above the minimum, both in
 * thousandths of the ingredient's unit.
 */
export const shortColumns: SQL = sql`restaurant_id, ingredient_id,
  coalesce(on_hand / nullif(minimum, 0), 0) as cover,
  ((par - on_hand - on_order) * 1000)::bigint as lacking, ((par - minimum) * 1000)::bigint as spread, on_hand, minimum, par, on_order,
  case when on_hand <= 0 then 3 when on_hand <= minimum then 2 else 1 end as severity`

/** `packsToOrder` in SQL, of `lacking` and `spread` with a `pack` in thousandths too: as exact as in `numeric`. */
export const packsOfLacking: SQL = sql`(case when lacking <= 0 then 0
  when lacking >= spread then (lacking + pack - 1) / pack else lacking / pack end)`

/**
 * The `price` of a pack in ten-millionths of a cent, which all that a pack's size and a unit's price multiply to are
 * whole numbers of. Null from 10,000.00 on.
 */
export const exactPrice: SQL = sql`case when price < 1000000 then (price * 10000000)::bigint end`

/** What `packs` cost in cents, rounded half up. In integers as long as they hold it, which takes a quarter of the time. */
export const costOfPacks: SQL = sql`(case when exact_price is not null and packs < 900000
  then (packs * exact_price + 5000000) / 10000000 else round(packs * price)::bigint end)`

/** A query of the pairs all of whose open alerts may wait, as somebody said. Reads those that were answered, no more. */
export const waitingPairs = (restaurantIds: readonly number[]): SQL => sql`
  select a.restaurant_id, a.ingredient_id
  from stock_alerts a
  where a.restaurant_id = any(${sql.param(restaurantIds)}::int[]) and a.cleared_at is null
    and a.acknowledged_at is not null
  group by a.restaurant_id, a.ingredient_id
  having bool_and(${isQuiet}) and not exists (
    select from stock_alerts o
    where o.restaurant_id = a.restaurant_id and o.ingredient_id = a.ingredient_id and o.cleared_at is null
      and o.acknowledged_at is null
  )`
