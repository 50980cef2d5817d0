import type { Db } from '@/db/client'
import { findOrderByNumber, getOrderDay, type OrderDay } from '@/db/queries/order-day'
import { businessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import { type OrdersView, searchedOrderNumber } from './search-params'

const PAGE_SIZE = 50

/**
 * What the list shows: the day's orders under the view, `today` being the restaurant's business date at `now`; or, for
 * an order number that there is, only the id of its order.
 */
export async function loadOrders(
  db: Db,
  scope: RestaurantScope,
  view: OrdersView,
  now: Date,
): Promise<{ found: string } | { found: null; today: string; day: OrderDay }> {
  const { timeZone, dayCutoff } = scope.restaurant
  const orderNumber = searchedOrderNumber(view)
  const found = orderNumber ? await findOrderByNumber(db, scope, orderNumber) : null
  if (found) return { found }
  const today = businessDate(now, timeZone, dayCutoff)
  const params = { ...view, businessDate: view.day ?? today, limit: PAGE_SIZE }
  return { found, today, day: await getOrderDay(db, scope, params) }
}
