import { type SQL, sql } from 'drizzle-orm'
import type { MovementKind } from '@/domain/vocabulary'
import { firstUuid7 } from './uuid'

/** What a kitchen went through; the others only bring stock in or move it. */
const COSTED: readonly MovementKind[] = ['consumed', 'reversed', 'waste', 'count']

/**
 * A query of `business_date, part, value`: what the movements of some days cost in cents, at today's prices, by the parts
 * of `daily_food_costs`, all restaurants together. Theoretical is what sales took by their recipe cards, less what
 * cancelled orders gave back; actual adds what was thrown away and what counts found missing.
 * @param days a query of `restaurant_id, first, last`: business dates, each of a restaurant once
 * @param only the kinds of movement that are asked for: of sales there are a hundred times as many as of the others
 */
export const foodCosts = (days: SQL, only: readonly MovementKind[] = COSTED): SQL => sql`
  with day as materialized (${days}), used as materialized (
    select m.ingredient_id, m.business_date, m.cause, m.is_sold, -sum(m.quantity) as used
    from day
    join restaurants r on r.id = day.restaurant_id
    cross join lateral (
      -- Ids are in the order of time; two hours are spared for a clock change and for clocks that differ.
      select business_date, ingredient_id, quantity, kind in ('consumed', 'reversed') as is_sold,
        case when kind = 'waste' then case
          when order_id is not null then 'cancelled_order'
          else coalesce((
            select reason from waste_entries w where w.restaurant_id = s.restaurant_id and w.id = s.document_id
          ), 'other') end
        end as cause
      from stock_movements s
      where restaurant_id = day.restaurant_id
        and id >= ${firstUuid7(sql`((day.first + r.day_cutoff) at time zone r.time_zone - interval '2 hours')`)}
        and kind = any(${sql.param(only)}::text[])
        and business_date between day.first and day.last
      offset 0
    ) m
    -- The sum of everything is there for the plan's sake, and no ingredient's: with it rows are hashed. Without, they are
    -- sorted, since the planner expects few; that of a day of 500 restaurants took as long as to read it.
    group by grouping sets ((m.ingredient_id, m.business_date, m.cause, m.is_sold), ())
  )
  select business_date, p.part, sum(p.used * i.unit_price) as value
  from used m
  join ingredients i on i.id = m.ingredient_id
  cross join lateral (
    values ('theoretical', case when m.is_sold then m.used end), ('actual', m.used), (m.cause, m.used)
  ) p (part, used)
  where p.part is not null and p.used is not null
  group by business_date, p.part`
