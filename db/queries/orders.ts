import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { RestaurantScope } from '@/domain/scope'
import type { Channel, ItemStatus, OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { orderJson } from '../fragments/order-json'

/** Money in cents, times in ISO 8601 UTC; a time is null until the order has come that far. */
export type OrderDetails = {
  id: string
  orderNumber: string
  businessDate: string
  callNumber: number
  status: OrderStatus
  channel: Channel
  placeOrName: string
  specialInstructions: string
  total: number
  estimatedDelivery: string | null
  createdAt: string
  confirmedAt: string | null
  preparingAt: string | null
  readyAt: string | null
  deliveredAt: string | null
  cancelledAt: string | null
  lines: {
    line: number
    menuItemId: number
    name: string
    quantity: number
    unitPrice: number
    subtotal: number
    status: ItemStatus
    specialRequests: string
  }[]
}

/** One order of the restaurant with its lines, or null: no such order here, or no id at all. */
export async function getOrder(db: Db, scope: RestaurantScope, id: string): Promise<OrderDetails | null> {
  if (!isUuid(id)) return null
  const [row] = await db.execute<{ details: string | null }>(
    sql`select ${orderJson(scope.restaurant.id, id)} as details`,
  )
  return row?.details ? JSON.parse(row.details) : null
}
