import { type SQL, sql } from 'drizzle-orm'

/** Movements of some days, found by the index that holds all that a sum needs: the rows themselves are not read. */
const movementsOf = (columns: SQL, where: SQL = sql`true`): SQL => sql`
  day
  cross join lateral (
    select ${columns} from stock_movements
    where restaurant_id = day.restaurant_id and business_date between day.first and day.last and ${where}
    offset 0
  ) m`

const wastedOf: SQL = sql`
  select business_date, part, sum(-quantity * unit_price) as value
  from (
    select m.business_date, m.quantity, i.unit_price, case
      when m.order_id is not null then 'cancelled_order'
      else coalesce((
        select reason from waste_entries w where w.restaurant_id = m.restaurant_id and w.id = m.document_id
      ), 'other') end as part
    from ${movementsOf(sql`*`, sql`kind = 'waste'`)}
    join ingredients i on i.id = m.ingredient_id
  ) thrown
  group by business_date, part`

/**
 * A query of `business_date, part, value`: what the movements of some days cost in cents, at today's prices, by the parts
 * of `daily_food_costs`, all restaurants together. Theoretical is what sales took by their recipe cards, less what
 * cancelled orders gave back; actual adds what was thrown away and what counts found missing.
 * @param days a query of `restaurant_id, first, last`: business dates, each of a restaurant once
 */
export const foodCosts = (days: SQL): SQL => sql`
  with day as materialized (${days}), used as materialized (
    select ingredient_id, business_date, kind, -sum(quantity) as used
    from ${movementsOf(sql`business_date, ingredient_id, kind, quantity`)}
    -- The sum of everything is there for the plan's sake, and no ingredient's: with it rows are hashed. Without, they are
    -- sorted, since the planner expects few; that of a day of 500 restaurants took as long as to read it.
    group by grouping sets ((ingredient_id, business_date, kind), ())
  )
  select business_date, part, sum(used * unit_price) as value
  from used
  join ingredients on ingredients.id = ingredient_id
  cross join lateral (
    values ('theoretical', kind in ('consumed', 'reversed')), ('actual', kind not in ('received', 'transfer'))
  ) p (part, is_of_it)
  where is_of_it
  group by business_date, part
  union all
  ${wastedOf}`

/** A query like `foodCosts` of what was thrown away alone, by its cause: few movements. */
export const wasteCosts = (days: SQL): SQL => sql`with day as materialized (${days}) ${wastedOf}`
