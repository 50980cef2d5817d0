import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { TransferInput } from '@/domain/stock-input'
import type { Db } from '../client'
import { postMovements, refusesShortage, type Shortage, stockDay } from './stock-ledger'
import { transact } from './transact'

type Scope = RestaurantScope<'stock:write'>

export type Transferred =
  | { ok: true }
  | { ok: false; reason: 'same_restaurant' | 'unknown_ingredient' }
  /** The sending restaurant has less and refuses to go below zero. */
  | { ok: false; reason: 'out_of_stock'; ingredients: Shortage[] }

/**
 * Moves goods from one restaurant to another, once for each id: both sides or none. It needs the right to write the
 * stock of both. What arrives has left at the same moment; each side's business date is its own.
 */
export function transferStock(
  db: Db,
  from: Scope,
  to: Scope,
  { id, note, lines }: TransferInput,
): Promise<Transferred> {
  const source = from.restaurant
  const target = to.restaurant
  if (source.id === target.id) return Promise.resolve({ ok: false, reason: 'same_restaurant' })
  const { userId } = from.actor
  return transact<Transferred>(db, async (tx, refuse) => {
    const made = await tx.execute(sql`
      insert into stock_transfers (restaurant_id, id, to_restaurant_id, note, created_by)
      values (${source.id}, ${id}::uuid, ${target.id}, ${note}, ${userId}::int)
      on conflict (restaurant_id, id) do nothing returning 1`)
    if (made.length === 0) return { ok: true }
    const stored = await tx.execute(sql`
      insert into stock_transfer_lines (restaurant_id, transfer_id, ingredient_id, quantity, unit_price)
      select ${source.id}::int, ${id}::uuid, i.id, g.quantity, i.unit_price
      from json_to_recordset(${JSON.stringify(lines)}::text::json) as g ("ingredientId" int, quantity numeric)
      join ingredients i on i.id = g."ingredientId"
      order by i.id
      returning 1`)
    if (stored.length < lines.length) throw refuse({ ok: false, reason: 'unknown_ingredient' })
    const sent = await stockDay(tx, source)
    const came = await stockDay(tx, target)
    const short = await postMovements(
      tx,
      { userId, orderId: null, documentId: id, note },
      sql`
        select side.restaurant_id, l.ingredient_id, 'transfer' as kind, side.sign * l.quantity as quantity,
          side.business_date
        from stock_transfer_lines l
        cross join (values (${source.id}::int, -1, ${sent}::date), (${target.id}::int, 1, ${came}::date))
          as side (restaurant_id, sign, business_date)
        where l.restaurant_id = ${source.id} and l.transfer_id = ${id}::uuid`,
    )
    if (short.length > 0 && refusesShortage(from)) {
      throw refuse({ ok: false, reason: 'out_of_stock', ingredients: short })
    }
    return { ok: true }
  })
}
