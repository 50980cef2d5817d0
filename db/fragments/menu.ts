import { type SQL, sql } from 'drizzle-orm'
import type { ChainScope, GuestScope, RestaurantScope } from '@/domain/scope'

/** Whose menu: the chain's, or as one restaurant sells it. */
export type MenuScope = ChainScope | RestaurantScope | GuestScope

/** The restaurant whose menu is asked for, or null for the chain's. */
export const menuRestaurantId = (scope: MenuScope): number | null =>
  'restaurant' in scope ? scope.restaurant.id : null

/** Whether a restaurant offers a dish `m`, by its override `o` where that says so and else as the chain does. */
export const isOffered = sql`coalesce(o.is_available, m.is_available)`

const columns = sql`m.id, m.name, m.description, m.category_id, c.name as category, c.sort_order, m.station,
    m.preparation_time, m.photo, m.is_featured,
    coalesce(m.calories, (select r.calories from recipes r where r.id = m.recipe_id)) as calories,
    coalesce((select r.dietary_restrictions from recipes r where r.id = m.recipe_id), '{}') as diets, m.recipe_id, coalesce(p.units, 0) as units`

/**
 * A subquery like `dishesOnMenu` of the chain, of every dish that there is. Here `eighty_sixed` says that the chain's
 * menu does not show it: it is not available, or its category is not active.
 */
export const everyDish: SQL = sql`(
      select ${columns}, m.price, not (m.is_available and c.is_active) as eighty_sixed, null::timestamptz as off_until
      from menu_items m
      join categories c on c.id = m.category_id
      left join chain_popularity p on p.menu_item_id = m.id
    )`

/**
 * A subquery of the dishes on the menu: available, in an active category, and not taken off by the restaurant. Prices
 * are the restaurant's own where it has one, `units` those sold in the last 28 business days. `eighty_sixed` says
 * whether the dish is off right now (never for the chain, which 86es nothing), and `off_until` when that ends, null
 * being not before somebody says so. One pass over a few thousand rows at most, joined by hash: ranking needs them all.
 */
export function dishesOnMenu(scope: MenuScope): SQL {
  const restaurantId = menuRestaurantId(scope)
  const source = sql`menu_items m join categories c on c.id = m.category_id and c.is_active`
  if (restaurantId === null)
    return sql`(
      select ${columns}, m.price, false as eighty_sixed, null::timestamptz as off_until
      from ${source}
      left join chain_popularity p on p.menu_item_id = m.id
      where m.is_available
    )`
  return sql`(
      select ${columns}, coalesce(o.price, m.price) as price,
        coalesce(o.eighty_six_until > now(), false) as eighty_sixed,
        case when o.eighty_six_until > now() then nullif(o.eighty_six_until, 'infinity') end as off_until
      from ${source}
      left join menu_overrides o on o.restaurant_id = ${restaurantId} and o.menu_item_id = m.id
      left join item_popularity p on p.restaurant_id = ${restaurantId} and p.menu_item_id = m.id
      where ${isOffered}
    )`
}
