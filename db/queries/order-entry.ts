import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { dishesOnMenu } from '../fragments/menu'

export type DishToOrder = {
  /** Also the number that people type for it. */
  id: number
  name: string
  category: string
  /** Cents, as this restaurant sells it now. */
  price: number
  /** 86'd: on the menu, but not to be had. */
  off: boolean
  /** What a countdown has left; null where nobody counts. */
  portionsLeft: number | null
}

/** What can be ordered in a restaurant, also what is off right now; by category in menu order, the most sold first. */
export async function listDishesToOrder(
  db: Db,
  scope: RestaurantScope<'orders:place'>,
): Promise<DishToOrder[]> {
  return db.execute<DishToOrder>(sql`
    select d.id, d.name, d.category, d.price, d.eighty_sixed as off, v.portions_left as "portionsLeft"
    from ${dishesOnMenu(scope)} d
    left join menu_overrides v on v.restaurant_id = ${scope.restaurant.id} and v.menu_item_id = d.id
    order by d.sort_order, d.category, d.category_id, d.units desc, d.name, d.id`)
}
