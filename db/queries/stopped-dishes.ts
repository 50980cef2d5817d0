import { sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { isOffered } from '../fragments/menu'
import { onHandHere } from '../fragments/portions'

export type StoppedDish = {
  restaurantId: number
  ingredientId: number
  menuItemId: number
  name: string
  /** Whole portions that what is left of the ingredient makes, 9,999 at most: none has stopped already. */
  portions: number
  /** Off right now. */
  isOff: boolean
}

/** Pairs beyond this would not fit on a page either. */
const MOST_PAIRS = 2000

/**
 * The dishes on a restaurant's menu that need an ingredient, for some pairs of the two: what each shortage stops, the
 * next to stop first. When, is where the ingredient's own days run out (`daysLeft` of its alert): dishes share it.
 */
export async function listStoppedDishes(
  db: Db,
  scope: ChainScope<'stock:read'> | RestaurantScope<'stock:read'>,
  { pairs }: { pairs: readonly { restaurantId: number; ingredientId: number }[] },
): Promise<StoppedDish[]> {
  const allowed = 'restaurantIds' in scope ? scope.restaurantIds : [scope.restaurant.id]
  const asked = pairs.filter(({ restaurantId }) => allowed.includes(restaurantId)).slice(0, MOST_PAIRS)
  const json = JSON.stringify(asked.map(({ restaurantId, ingredientId }) => ({ restaurantId, ingredientId })))
  return db.execute<StoppedDish>(sql`
    with pair as materialized (
      -- By the key of the level, however many pairs the planner takes them for.
      select g."restaurantId", g."ingredientId", ${onHandHere} as on_hand
      from json_to_recordset(${json}::text::json) as g ("restaurantId" int, "ingredientId" int)
      left join lateral (
        select on_hand from stock_levels s
        where s.restaurant_id = g."restaurantId" and s.ingredient_id = g."ingredientId" offset 0
      ) s on true
    )
    select s."restaurantId", s."ingredientId", m.id as "menuItemId", m.name,
      least(floor(s.on_hand / l.quantity), 9999)::int as portions,
      coalesce(o.eighty_six_until > now(), false) as "isOff"
    from pair s
    join menu_items m on m.recipe_id is not null
    join recipe_ingredients l on l.recipe_id = m.recipe_id and l.ingredient_id = s."ingredientId"
    join categories c on c.id = m.category_id and c.is_active
    left join menu_overrides o on o.restaurant_id = s."restaurantId" and o.menu_item_id = m.id
    where ${isOffered}
    order by s."restaurantId", s."ingredientId", portions, m.name, m.id`)
}
