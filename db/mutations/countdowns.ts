import { type SQL, sql } from 'drizzle-orm'
import { menuTag } from '@/domain/cache-tags'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { invalidate } from './invalidate'

/** A dish that is counted down here, and how many portions are left; below zero: an order asked for too many. */
type Counted = { menuItemId: number; before: number; left: number }

/**
 * Takes portions off the countdowns of this restaurant, or gives them back where the quantity is negative; dishes that
 * nobody counts are left alone. Who takes the last portion 86es the dish, who gives one back puts it on the menu again.
 * Rows are locked in the order of the dish. Where there are too few nothing of that dish is taken: the caller rolls back.
 * @param lines a query of `menu_item_id` and `quantity`
 * @returns the dishes that are counted
 */
export async function movePortions(tx: Db, scope: RestaurantScope, lines: SQL): Promise<Counted[]> {
  const { id: restaurantId } = scope.restaurant
  const counted = await tx.execute<Counted>(sql`
    with asked as (
      select menu_item_id, sum(quantity)::int as quantity from (${lines}) l group by menu_item_id
    ), counted as (
      select o.menu_item_id, o.portions_left as before, o.portions_left - asked.quantity as left_over
      from menu_overrides o join asked on asked.menu_item_id = o.menu_item_id
      where o.restaurant_id = ${restaurantId} and o.portions_left is not null
      order by o.menu_item_id
      for no key update of o
    ), moved as (
      update menu_overrides o set portions_left = counted.left_over, updated_at = now(),
        eighty_six_until = case when counted.left_over = 0 then 'infinity' when counted.before > 0 then o.eighty_six_until end
      from counted
      where o.restaurant_id = ${restaurantId} and o.menu_item_id = counted.menu_item_id
        and counted.left_over >= 0 and counted.left_over <> counted.before
    )
    select menu_item_id as "menuItemId", before, left_over as "left" from counted`)
  const isOff = ({ left, before }: Counted) => left === 0 && before > 0
  const isBack = ({ left, before }: Counted) => left > 0 && before === 0
  if (counted.some((dish) => isOff(dish) || isBack(dish))) await invalidate(tx, [menuTag(restaurantId)])
  return counted
}
