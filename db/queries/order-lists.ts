import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Channel, OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { customers, orders } from '../schema/orders'

export type OrderSummary = {
  id: string
  orderNumber: string
  callNumber: number
  status: OrderStatus
  channel: Channel
  placeOrName: string
  /** Cents. */
  total: number
  createdAt: Date
  /** Null where the guest gave no name. */
  customer: string | null
}

const summaries = (db: Db) =>
  db
    .select({
      id: orders.id,
      orderNumber: orders.orderNumber,
      callNumber: orders.callNumber,
      status: orders.status,
      channel: orders.channel,
      placeOrName: orders.placeOrName,
      total: orders.total,
      createdAt: orders.createdAt,
      customer: customers.name,
    })
    .from(orders)
    .leftJoin(customers, eq(customers.id, orders.customerId))
    .$dynamic()

/**
 * The orders of one business date in the order they were called, at most `limit`, beginning after the call number
 * `after`.
 */
export async function todaysOrders(
  db: Db,
  scope: RestaurantScope,
  { businessDate, after = 0, limit }: { businessDate: string; after?: number; limit: number },
): Promise<OrderSummary[]> {
  return summaries(db)
    .where(
      and(
        eq(orders.restaurantId, scope.restaurant.id),
        eq(orders.businessDate, businessDate),
        gt(orders.callNumber, after),
      ),
    )
    .orderBy(asc(orders.callNumber))
    .limit(limit)
}

/** What the kitchen has not finished: pending and preparing, of whichever business date, the oldest first. */
export async function pendingOrders(
  db: Db,
  scope: RestaurantScope,
  { limit }: { limit: number },
): Promise<OrderSummary[]> {
  return summaries(db)
    .where(
      and(eq(orders.restaurantId, scope.restaurant.id), inArray(orders.status, ['pending', 'preparing'])),
    )
    .orderBy(asc(orders.id))
    .limit(limit)
}

/** All orders of a restaurant, the newest first, at most `limit`, beginning before the order id `before`. */
export async function ordersByRestaurant(
  db: Db,
  scope: RestaurantScope,
  { before, limit }: { before?: string; limit: number },
): Promise<OrderSummary[]> {
  return summaries(db)
    .where(
      and(
        eq(orders.restaurantId, scope.restaurant.id),
        before === undefined ? undefined : lt(orders.id, before),
      ),
    )
    .orderBy(desc(orders.id))
    .limit(limit)
}
