import { type SQL, sql } from 'drizzle-orm'
import { isOffered } from './menu'

/**
 * A scalar subquery: dishes as a restaurant sells them now, as JSON of `Dish[]`; unknown ids are left out.
 * @param menuItemIds a query of distinct ids
 */
export const dishesAsked = (restaurantId: number, menuItemIds: SQL): SQL => sql`
  select coalesce(json_agg(json_build_object(
    'id', m.id, 'name', m.name, 'price', coalesce(o.price, m.price), 'station', m.station, 'refusal', case
      when not (${isOffered} and c.is_active) then 'unavailable'
      when o.eighty_six_until > now() then 'eighty_six' end,
    'counted', o.portions_left is not null)), '[]')
  from (${menuItemIds}) as asked (id)
  join menu_items m on m.id = asked.id
  join categories c on c.id = m.category_id
  left join menu_overrides o on o.restaurant_id = ${restaurantId} and o.menu_item_id = m.id`
