import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { dishesOnMenu } from '../fragments/menu'
import { onHandHere, portionsLeft } from '../fragments/portions'

export type DishPortions = {
  menuItemId: number
  name: string
  category: string
  /** Off right now. */
  isOff: boolean
  /** Whole portions that stock makes, 9,999 at most. */
  portions: number
  canBePrepared: boolean
  /** What runs out first. */
  shortest: { ingredientId: number; name: string; unit: Unit }
}

/**
 * Of every dish on a restaurant's menu that has a recipe card, how many portions its stock makes now; the fewest first.
 * One query over the whole menu. Each dish is asked for itself: two that need the same tomatoes both count on them.
 */
export async function listPortions(db: Db, scope: RestaurantScope<'stock:read'>): Promise<DishPortions[]> {
  return db.execute<DishPortions>(sql`
    with line as (
      select d.id, d.name, d.category, d.eighty_sixed, l.quantity, l.ingredient_id, s.on_hand
      from ${dishesOnMenu(scope)} d
      join recipe_ingredients l on l.recipe_id = d.recipe_id
      left join stock_levels s on s.restaurant_id = ${scope.restaurant.id} and s.ingredient_id = l.ingredient_id
    ), dish as (
      select l.id, l.name, l.category, l.eighty_sixed, ${portionsLeft} as portions,
        (array_agg(l.ingredient_id order by ${onHandHere} / l.quantity, l.ingredient_id))[1] as shortest
      from line l cross join lateral (select l.on_hand) s
      group by l.id, l.name, l.category, l.eighty_sixed
    )
    select d.id as "menuItemId", d.name, d.category, d.eighty_sixed as "isOff", d.portions,
      d.portions > 0 as "canBePrepared",
      json_build_object('ingredientId', i.id, 'name', i.name, 'unit', i.unit) as shortest
    from dish d join ingredients i on i.id = d.shortest
    order by d.portions, d.name, d.id`)
}
