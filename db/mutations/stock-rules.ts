import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { StockRule } from '@/domain/stock-input'
import type { Db } from '../client'
import { recordAudit } from './audit'
import { clearRecovered, raiseMissing, updateForecasts } from './stock-alert-state'
import { stockDay } from './stock-ledger'

type Levels = { minimum: string; par: string }

export type SavedRule =
  | { ok: true }
  | { ok: false; reason: 'unknown_ingredient' }
  /** Somebody else saved it since the form was opened. */
  | { ok: false; reason: 'changed_meanwhile'; theirs: Levels }

/**
 * Sets from which amount on this restaurant is warned of an ingredient, and up to which it orders. Alerts follow at
 * once: raised where stock is low by the new minimum, cleared where it no longer is.
 */
export function saveStockRule(
  db: Db,
  scope: RestaurantScope<'stock:write'>,
  { ingredientId, minimum, par, base }: StockRule,
): Promise<SavedRule> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx): Promise<SavedRule> => {
    // A level that this restaurant does not have yet begins as the form showed it: with the chain's minimum.
    await tx.execute(sql`
      insert into stock_levels (restaurant_id, ingredient_id, minimum, par)
      select ${restaurantId}::int, i.id, i.minimum, i.minimum from ingredients i where i.id = ${ingredientId}
      on conflict (restaurant_id, ingredient_id) do nothing`)
    const [before] = await tx.execute<Levels & { same: boolean; isDone: boolean }>(sql`
      select trim_scale(minimum) as minimum, trim_scale(par) as par,
        minimum = ${base.minimum}::numeric and par = ${base.par}::numeric as same,
        minimum = ${minimum}::numeric and par = ${par}::numeric as "isDone"
      from stock_levels
      where restaurant_id = ${restaurantId} and ingredient_id = ${ingredientId}
      for no key update`)
    if (!before) return { ok: false, reason: 'unknown_ingredient' }
    if (before.isDone) return { ok: true }
    const { same, isDone: _, ...theirs } = before
    if (!same) return { ok: false, reason: 'changed_meanwhile', theirs }
    await tx.execute(sql`
      update stock_levels set minimum = ${minimum}::numeric, par = ${par}::numeric
      where restaurant_id = ${restaurantId} and ingredient_id = ${ingredientId}`)
    await raiseMissing(tx, restaurantId, [ingredientId])
    await clearRecovered(tx, [{ restaurantId, ingredientId }])
    await updateForecasts(tx, { restaurantId, today: await stockDay(tx, scope.restaurant) }, [ingredientId])
    await recordAudit(tx, {
      userId: scope.actor.userId,
      restaurantId,
      action: 'stock_level.changed',
      subject: 'stock_level',
      subjectId: String(ingredientId),
      before: theirs,
      after: { minimum, par },
    })
    return { ok: true }
  })
}
