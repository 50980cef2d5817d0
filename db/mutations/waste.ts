import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { WasteInput } from '@/domain/stock-input'
import type { Db } from '../client'
import { postMovements, refusesShortage, type Shortage, stockDay } from './stock-ledger'
import { transact } from './transact'

export type Wasted =
  | { ok: true }
  | { ok: false; reason: 'unknown_ingredient' }
  /** More than there is, where the restaurant refuses to go below zero: a count comes first. */
  | { ok: false; reason: 'out_of_stock'; ingredients: Shortage[] }

/** Writes off what was thrown away, once for each id, at today's price. */
export function logWaste(
  db: Db,
  scope: RestaurantScope<'stock:write'>,
  { id, ingredientId, quantity, reason, note }: WasteInput,
): Promise<Wasted> {
  const { id: restaurantId } = scope.restaurant
  const { userId } = scope.actor
  return transact<Wasted>(db, async (tx, refuse) => {
    const today = await stockDay(tx, scope.restaurant)
    const logged = await tx.execute(sql`
      insert into waste_entries (restaurant_id, id, ingredient_id, quantity, reason, note, unit_price, business_date,
        created_by)
      select ${restaurantId}::int, ${id}::uuid, i.id, ${quantity}::numeric, ${reason}, ${note}, i.unit_price,
        ${today}::date, ${userId}::int
      from ingredients i where i.id = ${ingredientId}
      on conflict (restaurant_id, id) do nothing returning 1`)
    if (logged.length === 0) {
      const [known] = await tx.execute(sql`select 1 from ingredients where id = ${ingredientId}`)
      return known ? { ok: true } : { ok: false, reason: 'unknown_ingredient' }
    }
    const short = await postMovements(
      tx,
      { userId, orderId: null, documentId: id, note: note === '' ? reason.replace('_', ' ') : note },
      sql`select ${restaurantId}::int as restaurant_id, ${ingredientId}::int as ingredient_id, 'waste' as kind,
        -${quantity}::numeric as quantity, ${today}::date as business_date`,
    )
    if (short.length > 0 && refusesShortage(scope)) {
      throw refuse({ ok: false, reason: 'out_of_stock', ingredients: short })
    }
    return { ok: true }
  })
}
