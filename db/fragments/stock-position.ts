import { type SQL, sql } from 'drizzle-orm'

/** What is on its way of the ingredient of a level `s`: open lines of purchase orders, in its unit. For a few levels. */
export const onOrder: SQL = sql`(
  select coalesce(sum(l.outstanding), 0) from purchase_order_lines l
  where l.restaurant_id = s.restaurant_id and l.ingredient_id = s.ingredient_id and l.status = 'open')`

/** A join of the same for all levels `s` of one restaurant; `onOrderHere` is then what is on its way. */
export const joinOnOrder = (restaurantId: number): SQL => sql`left join (
    select l.ingredient_id, sum(l.outstanding) as quantity from purchase_order_lines l
    where l.restaurant_id = ${restaurantId} and l.status = 'open' group by l.ingredient_id
  ) coming on coming.ingredient_id = s.ingredient_id`
export const onOrderHere: SQL = sql`coalesce(coming.quantity, 0)`

/** `packsToOrder` in SQL, of a level `s` with its ingredient `i` where so much is on hand and on order: a column, not a query. */
const packsAt = (position: SQL): SQL => sql`(case when ${position} >= s.par then 0
  when ${position} <= s.minimum then ceil((s.par - ${position}) / i.pack_size)
  else floor((s.par - ${position}) / i.pack_size) end)::int`

/** The same from what is on order. Without `offset 0` PostgreSQL would write `onOrder` out four times. */
export const packsToOrder = (onOrder: SQL): SQL => sql`(
  select ${packsAt(sql`o.position`)} from (select s.on_hand + ${onOrder} as position offset 0) o)`

/** `nextDelivery` in SQL: the date on which goods of a supplier `p` come if they are ordered from `today` on. */
export const nextDelivery = (today: SQL): SQL => sql`(
  ${today} + p.lead_time_days + coalesce((
    select min((d - extract(isodow from ${today})::int + 7) % 7) from unnest(p.order_days) as d), 0))`

/**
 * What is used of the ingredient of a `stock_use` row `u` from `today` to the day before `until`, by what its weekdays
 * used on average.
 */
export const neededBefore = (today: SQL, until: SQL): SQL => sql`(
  select coalesce(sum(u.used[1 + (extract(isodow from ${today})::int - 1 + k) % 7]), 0) / 4
  from generate_series(0, ${until} - ${today} - 1) as k)`
