import { sql } from 'drizzle-orm'
import { menuTag } from '@/domain/cache-tags'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { bumpFeedOf } from '../mutations/feed'
import { invalidate } from '../mutations/invalidate'

/**
 * Ends the 86s whose time is over, such as those "until closing": since nobody presses anything then, this tells guest
 * menus and walls that the dishes are back. A restaurant at a time; a dish that somebody switches at this moment waits for
 * the next run. Returns how many dishes are back.
 */
export async function expireEightySixes(db: Db, _scope: SystemScope): Promise<number> {
  const restaurants = await db.execute<{ id: number }>(sql`
    select distinct restaurant_id as id from menu_overrides where eighty_six_until <= now() order by id`)
  let dishes = 0
  for (const { id } of restaurants) dishes += await db.transaction((tx) => expireHere(tx, id))
  return dishes
}

async function expireHere(tx: Db, restaurantId: number): Promise<number> {
  const over = await tx.execute(sql`
    with over as (
      select menu_item_id from menu_overrides
      where restaurant_id = ${restaurantId} and eighty_six_until <= now()
      order by menu_item_id for no key update skip locked
    )
    update menu_overrides o set eighty_six_until = null, updated_at = now()
    from over where o.restaurant_id = ${restaurantId} and o.menu_item_id = over.menu_item_id
    returning 1`)
  if (over.length === 0) return 0
  await invalidate(tx, [menuTag(restaurantId)])
  await bumpFeedOf(tx, restaurantId)
  return over.length
}
