import type { Db } from '@/db/client'
import { listOrderableIngredients, type OrderableIngredient } from '@/db/queries/orderable-ingredients'
import { getPurchaseOrder, type PurchaseOrder } from '@/db/queries/purchase-orders'
import { canEditPurchase } from '@/domain/purchase'
import type { RestaurantScope } from '@/domain/scope'

export type PurchaseData = {
  order: PurchaseOrder
  /** What can be added to a draft. */
  choices: OrderableIngredient[]
}

/** One purchase order with what its page needs; null: no such order here. */
export async function loadPurchase(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  orderId: string,
): Promise<PurchaseData | null> {
  const order = await getPurchaseOrder(db, scope, { orderId })
  if (!order) return null
  if (!canEditPurchase(order.status)) return { order, choices: [] }
  const all = await listOrderableIngredients(db, scope, { supplierId: order.supplier.id })
  const here = new Set(order.lines.map(({ ingredientId }) => ingredientId))
  return { order, choices: all.filter(({ id }) => !here.has(id)) }
}
