import { type SQL, sql } from 'drizzle-orm'
import { type MovementKind, WASTE_CAUSES } from '@/domain/vocabulary'
import { firstUuid7 } from './uuid'

/**
 * A query of `business_date, part, value`: what the movements of some days cost in cents, at today's prices, by the parts
 * of `daily_food_costs`, all restaurants together. Theoretical is what sales took by their recipe cards, less what
 * cancelled orders gave back; actual adds what was thrown away and what counts found missing.
 * @param days a query of `restaurant_id, first, last`: business dates, each of a restaurant once
 * @param only the kinds of movement that are asked for, if not all: most are sales
 */
export const foodCosts = (days: SQL, only?: readonly MovementKind[]): SQL => sql`
  with day as materialized (${days}), used as materialized (
    select m.ingredient_id, m.business_date, m.what, -sum(m.quantity) as used
    from day
    join restaurants r on r.id = day.restaurant_id
    cross join lateral (
      -- Ids are in the order of time; two hours are spared for a clock change and for clocks that differ.
      select business_date, ingredient_id, quantity, case kind when 'waste' then case
          when order_id is not null then 'cancelled_order'
          else coalesce((
            select reason from waste_entries w where w.restaurant_id = s.restaurant_id and w.id = s.document_id
          ), 'other') end
        else kind end as what
      from stock_movements s
      where restaurant_id = day.restaurant_id
        and id >= ${firstUuid7(sql`((day.first + r.day_cutoff) at time zone r.time_zone - interval '2 hours')`)}
        ${only ? sql`and kind = any(${sql.param(only)}::text[])` : sql``}
        and business_date between day.first and day.last
      offset 0
    ) m
    -- The sum of everything is there for the plan's sake, and no ingredient's: with it rows are hashed. Without, they are
    -- sorted, since the planner expects few; that of a day of 500 restaurants took as long as to read it.
    group by grouping sets ((m.ingredient_id, m.business_date, m.what), ())
  )
  select business_date, p.part, sum(m.used * i.unit_price) as value
  from used m
  join ingredients i on i.id = m.ingredient_id
  cross join lateral (
    values ('theoretical', m.what in ('consumed', 'reversed')), ('actual', m.what not in ('received', 'transfer')),
      (m.what, m.what = any(${sql.param(WASTE_CAUSES)}::text[]))
  ) p (part, is_of_it)
  where p.is_of_it
  group by business_date, p.part`
