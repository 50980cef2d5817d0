import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { OrderDetails } from '@/domain/api'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { orderJson } from '../fragments/order-json'

/** One order of the restaurant with its lines, or null: no such order here, or no id at all. */
export async function getOrder(db: Db, scope: RestaurantScope, id: string): Promise<OrderDetails | null> {
  if (!isUuid(id)) return null
  const [row] = await db.execute<{ details: string | null }>(
    sql`select ${orderJson(scope.restaurant.id, id)} as details`,
  )
  return row?.details ? JSON.parse(row.details) : null
}
