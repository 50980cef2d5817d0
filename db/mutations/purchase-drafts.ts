import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { PurchaseDraft } from '@/domain/stock-input'
import type { PurchaseStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { joinOnOrder, onOrderHere, packsToOrder } from '../fragments/stock-position'
import { lockPurchase } from './purchase-lock'
import { raiseMissing } from './stock-alert-state'
import { transact } from './transact'

type Scope = RestaurantScope<'stock:write'>

export type Drafted =
  /** `isNew` false: there was a draft for this supplier, which stays as it is. */
  { ok: true; orderId: string; isNew: boolean } | { ok: false; reason: 'unknown_supplier' }

/**
 * Drafts what this restaurant should order from a supplier: of each active ingredient that it stocks, as many packs as
 * `packsToOrder` says of what is on hand and on order, at today's pack size and price. There is one draft a supplier: of
 * two people who make one at once the second gets the first's. A draft of nothing is one too.
 */
export function draftPurchaseOrder(
  db: Db,
  scope: Scope,
  { id, supplierId }: { id: string; supplierId: number },
): Promise<Drafted> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx) => {
    // Also what keeps the numbers without a gap.
    await tx.execute(sql`select pg_advisory_xact_lock(${restaurantId}::int, hashtext('purchase_orders'))`)
    const [before] = await tx.execute<{ id: string }>(sql`
      select id from purchase_orders
      where restaurant_id = ${restaurantId} and supplier_id = ${supplierId} and status = 'draft'
      union all
      select id from purchase_orders where restaurant_id = ${restaurantId} and id = ${id}::uuid
      limit 1`)
    if (before) return { ok: true, orderId: before.id, isNew: false }
    const made = await tx.execute(sql`
      insert into purchase_orders (restaurant_id, id, number, supplier_id, created_by)
      select ${restaurantId}::int, ${id}::uuid, 1 + coalesce((
        select max(number) from purchase_orders where restaurant_id = ${restaurantId}
      ), 0), p.id, ${scope.actor.userId}::int
      from suppliers p where p.id = ${supplierId} and p.is_active
      returning 1`)
    if (made.length === 0) return { ok: false, reason: 'unknown_supplier' }
    await tx.execute(sql`
      insert into purchase_order_lines (restaurant_id, order_id, ingredient_id, packs, pack_size, unit_price)
      select restaurant_id, ${id}::uuid, ingredient_id, packs, pack_size, unit_price
      from (
        select s.restaurant_id, s.ingredient_id, i.pack_size, i.unit_price, ${packsToOrder(onOrderHere)} as packs
        from stock_levels s
        join ingredients i on i.id = s.ingredient_id and i.is_active and i.supplier_id = ${supplierId}
        ${joinOnOrder(restaurantId)}
        where s.restaurant_id = ${restaurantId}
      ) proposed
      where packs > 0
      order by ingredient_id`)
    return { ok: true, orderId: id, isNew: true }
  })
}

export type SavedDraft =
  | { ok: true; version: number }
  | { ok: false; reason: 'not_found' }
  | { ok: false; reason: 'not_draft'; status: PurchaseStatus }
  /** Somebody else saved it since the form was opened; `version` is the present one. */
  | { ok: false; reason: 'changed_meanwhile'; version: number }
  | { ok: false; reason: 'unknown_ingredient' }

/**
 * Writes the packs of some lines and the note of a draft; 0 packs takes an ingredient off it. A new line gets the
 * ingredient's pack size and price of this moment, and the ingredient a level here if it had none.
 */
export function saveDraft(
  db: Db,
  scope: Scope,
  { orderId, version, note, lines }: PurchaseDraft,
): Promise<SavedDraft> {
  const { id: restaurantId } = scope.restaurant
  return transact<SavedDraft>(db, async (tx, refuse) => {
    const order = await lockPurchase(tx, scope, orderId)
    if (!order) return { ok: false, reason: 'not_found' }
    if (order.status !== 'draft') return { ok: false, reason: 'not_draft', status: order.status }
    if (order.version !== version) return { ok: false, reason: 'changed_meanwhile', version: order.version }
    const wanted = new Map(lines.map(({ ingredientId, packs }) => [ingredientId, packs]))
    const given = JSON.stringify([...wanted].map(([ingredientId, packs]) => ({ ingredientId, packs })))
    const rows = sql`json_to_recordset(${given}::text::json) as g ("ingredientId" int, packs int)`
    const stored = await tx.execute(sql`
      insert into purchase_order_lines as l (restaurant_id, order_id, ingredient_id, packs, pack_size, unit_price)
      select ${restaurantId}::int, ${orderId}::uuid, i.id, g.packs, i.pack_size, i.unit_price
      from ${rows} join ingredients i on i.id = g."ingredientId"
      order by i.id
      on conflict (restaurant_id, order_id, ingredient_id) do update set packs = excluded.packs
      returning 1`)
    if (stored.length < wanted.size) throw refuse({ ok: false, reason: 'unknown_ingredient' })
    const begun = await tx.execute<{ id: number }>(sql`
      insert into stock_levels (restaurant_id, ingredient_id, minimum, par)
      select ${restaurantId}::int, i.id, i.minimum, i.minimum
      from ${rows} join ingredients i on i.id = g."ingredientId"
      order by i.id
      on conflict (restaurant_id, ingredient_id) do nothing
      returning ingredient_id as id`)
    // Of what is stocked from now on there is nothing yet.
    const ids = begun.map(({ id }) => id)
    if (ids.length > 0) await raiseMissing(tx, restaurantId, ids)
    await tx.execute(sql`
      update purchase_orders set version = version + 1, note = ${note}
      where restaurant_id = ${restaurantId} and id = ${orderId}::uuid`)
    return { ok: true, version: version + 1 }
  })
}
