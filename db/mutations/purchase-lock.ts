import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { RestaurantScope } from '@/domain/scope'
import type { PurchaseStatus } from '@/domain/vocabulary'
import type { Db } from '../client'

export type LockedPurchase = {
  status: PurchaseStatus
  version: number
  expectedOn: string | null
  supplier: { orderDays: number[]; leadTimeDays: number; minimumOrder: number | null }
}

/**
 * A purchase order, which nobody else changes until the transaction ends; null: no such order here. Comes before the
 * levels of its ingredients in the order of locks.
 */
export async function lockPurchase(
  tx: Db,
  scope: RestaurantScope,
  orderId: string,
): Promise<LockedPurchase | null> {
  if (!isUuid(orderId)) return null
  const [order] = await tx.execute<LockedPurchase>(sql`
    select o.status, o.version, o.expected_on as "expectedOn", json_build_object('orderDays', p.order_days,
      'leadTimeDays', p.lead_time_days, 'minimumOrder', p.minimum_order) as supplier
    from purchase_orders o join suppliers p on p.id = o.supplier_id
    where o.restaurant_id = ${scope.restaurant.id} and o.id = ${orderId}::uuid
    for no key update of o`)
  return order ?? null
}

/**
 * Holds the levels of all that an order has lines of, in their order, before a line changes: what is on its way stands
 * beside the level. Returns the ingredients.
 */
export async function holdLevels(tx: Db, scope: RestaurantScope, orderId: string): Promise<number[]> {
  const held = await tx.execute<{ id: number }>(sql`
    select s.ingredient_id as id
    from purchase_order_lines l
    join stock_levels s on s.restaurant_id = l.restaurant_id and s.ingredient_id = l.ingredient_id
    where l.restaurant_id = ${scope.restaurant.id} and l.order_id = ${orderId}::uuid
    order by s.ingredient_id
    for no key update of s`)
  return held.map(({ id }) => id)
}
