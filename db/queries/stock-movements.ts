import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { MovementKind } from '@/domain/vocabulary'
import type { Db } from '../client'
import { stockMovements } from '../schema/stock'
import { users } from '../schema/users'

export type StockMovement = {
  id: string
  kind: MovementKind
  /** Signed, a numeric string in the ingredient's unit. */
  quantity: string
  orderId: string | null
  /** The delivery, count, transfer or waste that it belongs to. */
  documentId: string | null
  /** Who; null for what orders took. */
  by: string | null
  note: string
  businessDate: string
  createdAt: Date
}

/** One ingredient's journal in one restaurant, newest first, at most `limit`, older than the movement `before`. */
export async function listStockMovements(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  { ingredientId, before, limit }: { ingredientId: number; before?: string; limit: number },
): Promise<StockMovement[]> {
  return db
    .select({
      id: stockMovements.id,
      kind: stockMovements.kind,
      quantity: sql<string>`trim_scale(${stockMovements.quantity})`,
      orderId: stockMovements.orderId,
      documentId: stockMovements.documentId,
      by: users.name,
      note: stockMovements.note,
      businessDate: stockMovements.businessDate,
      createdAt: stockMovements.createdAt,
    })
    .from(stockMovements)
    .leftJoin(users, eq(users.id, stockMovements.userId))
    .where(
      and(
        eq(stockMovements.restaurantId, scope.restaurant.id),
        eq(stockMovements.ingredientId, ingredientId),
        before === undefined ? undefined : lt(stockMovements.id, before),
      ),
    )
    .orderBy(desc(stockMovements.id))
    .limit(limit)
}
