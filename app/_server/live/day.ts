import type { Db } from '@/db/client'
import { countLowStock } from '@/db/queries/inventory'
import { getKitchenDay } from '@/db/queries/kitchen'
import { businessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { LiveDay } from './messages'

/** The figures of a restaurant's current business day. */
export async function takeDay(db: Db, scope: RestaurantScope): Promise<LiveDay> {
  const { timeZone, dayCutoff } = scope.restaurant
  const [day, lowStock] = await Promise.all([
    getKitchenDay(db, scope, businessDate(new Date(), timeZone, dayCutoff)),
    countLowStock(db, scope),
  ])
  return { ...day, lowStock }
}
