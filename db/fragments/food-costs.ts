import { type SQL, sql } from 'drizzle-orm'
import { firstUuid7 } from './uuid'

/**
 * A query of `restaurant_id, business_date, part, value`: what the movements of some days cost in cents, at today's prices,
 * by the parts of `daily_food_costs`. Theoretical is what sales took by their recipe cards, less what cancelled orders
 * gave back; actual adds what was thrown away and what counts found missing.
 * @param days a query of `restaurant_id, business_date`, each pair once
 */
export const foodCosts = (days: SQL): SQL => sql`
  with day as materialized (${days}), moved as (
    -- Ids are in the order of time; a business date begins at most 14 hours before its midnight in UTC.
    select m.restaurant_id, m.business_date, m.ingredient_id, m.kind,
      case when m.kind = 'waste' then
        case when m.order_id is null then coalesce(w.reason, 'other') else 'cancelled_order' end
      end as cause, -sum(m.quantity) as used
    from (select restaurant_id, min(business_date) as first from day group by restaurant_id) since
    cross join lateral (
      select * from stock_movements
      where restaurant_id = since.restaurant_id
        and id >= ${firstUuid7(sql`((since.first - 1)::timestamp at time zone 'UTC')`)}
        and kind in ('consumed', 'reversed', 'waste', 'count')
      offset 0
    ) m
    join day on day.restaurant_id = m.restaurant_id and day.business_date = m.business_date
    left join waste_entries w on w.restaurant_id = m.restaurant_id and w.id = m.document_id and m.kind = 'waste'
    group by m.restaurant_id, m.business_date, m.ingredient_id, m.kind, cause
  )
  select restaurant_id, business_date, p.part, sum(m.used * i.unit_price) as value
  from moved m
  join ingredients i on i.id = m.ingredient_id
  cross join lateral (values
    (case when m.kind in ('consumed', 'reversed') then 'theoretical' end), ('actual'), (m.cause)
  ) p (part)
  where p.part is not null
  group by restaurant_id, business_date, p.part`
