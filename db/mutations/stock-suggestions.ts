import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { portionsLeft } from '../fragments/portions'
import { type EightySixed, eightySix, unEightySix } from './menu'

export type Followed =
  | { ok: true }
  /** Stock changed since it was suggested. */
  | { ok: false; reason: 'can_be_prepared' | 'cannot_be_prepared' }
  | Extract<EightySixed, { ok: false }>

/** Does what stock suggests of a dish, if it still does: 86es what can't be prepared, puts back what can. */
export async function followSuggestion(
  db: Db,
  scope: RestaurantScope<'menu:eighty_six'>,
  { menuItemId, suggests }: { menuItemId: number; suggests: 'eighty_six' | 'put_back' },
): Promise<Followed> {
  const [dish] = await db.execute<{ portions: number | null }>(sql`
    select ${portionsLeft} as portions
    from menu_items m
    join recipe_ingredients l on l.recipe_id = m.recipe_id
    left join stock_levels s on s.restaurant_id = ${scope.restaurant.id} and s.ingredient_id = l.ingredient_id
    where m.id = ${menuItemId}`)
  // A dish without a card needs nothing of the stock.
  const canBePrepared = (dish?.portions ?? 1) > 0
  if (suggests === 'eighty_six') {
    if (canBePrepared) return { ok: false, reason: 'can_be_prepared' }
    return eightySix(db, scope, { menuItemId, until: null })
  }
  if (!canBePrepared) return { ok: false, reason: 'cannot_be_prepared' }
  return unEightySix(db, scope, { menuItemId })
}
