import { type SQL, sql } from 'drizzle-orm'
import { firstUuid7 } from './uuid'

/**
 * A query of `business_date, part, value`: what the movements of some days cost in cents, at today's prices, by the parts
 * of `daily_food_costs`, all restaurants together. Theoretical is what sales took by their recipe cards, less what
 * cancelled orders gave back; actual adds what was thrown away and what counts found missing.
 * @param days a query of `restaurant_id, first, last`: business dates, each of a restaurant once
 */
export const foodCosts = (days: SQL): SQL => sql`
  with day as materialized (${days}), used as materialized (
    select m.business_date, m.ingredient_id, m.kind, m.cause, -sum(m.quantity) as used
    from day
    join restaurants r on r.id = day.restaurant_id
    cross join lateral (
      -- Ids are in the order of time; two hours are spared for a clock change and for clocks that differ.
      select business_date, ingredient_id, kind, quantity, case when kind = 'waste' then case
          when order_id is not null then 'cancelled_order'
          else coalesce((
            select reason from waste_entries w where w.restaurant_id = s.restaurant_id and w.id = s.document_id
          ), 'other') end
        end as cause
      from stock_movements s
      where restaurant_id = day.restaurant_id
        and id >= ${firstUuid7(sql`((day.first + r.day_cutoff) at time zone r.time_zone - interval '2 hours')`)}
        and kind in ('consumed', 'reversed', 'waste', 'count')
        and business_date between day.first and day.last
      offset 0
    ) m
    group by m.business_date, m.ingredient_id, m.kind, m.cause
  )
  select business_date, p.part, sum(m.used * i.unit_price) as value
  from used m
  join ingredients i on i.id = m.ingredient_id
  cross join lateral (values
    (case when m.kind in ('consumed', 'reversed') then 'theoretical' end), ('actual'), (m.cause)
  ) p (part)
  where p.part is not null
  group by business_date, p.part`
