import type { Db } from '@/db/client'
import { listLeftOpen } from '@/db/queries/left-open'
import { findOrderByNumber, getOrderDay, type OrderDay } from '@/db/queries/order-day'
import { businessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import { isFiltered, type OrdersView, searchedOrderNumber } from './search-params'

const PAGE_SIZE = 50
/** As many as the page of such tickets shows at once. */
const MOST_COUNTED = 100

/**
 * What the list shows: the day's orders under the view, `today` being the restaurant's business date at `now`; or, for
 * an order number that there is, only the id of its order. `leftOpen`: tickets of days before today's that are still open,
 * told where nothing else is looked for.
 */
export async function loadOrders(
  db: Db,
  scope: RestaurantScope,
  view: OrdersView,
  now: Date,
): Promise<{ found: string } | { found: null; today: string; day: OrderDay; leftOpen: number }> {
  const { timeZone, dayCutoff } = scope.restaurant
  const orderNumber = searchedOrderNumber(view)
  const found = orderNumber ? await findOrderByNumber(db, scope, orderNumber) : null
  if (found) return { found }
  const today = businessDate(now, timeZone, dayCutoff)
  const params = { ...view, businessDate: view.day ?? today, limit: PAGE_SIZE }
  const left = isFiltered(view) ? [] : await listLeftOpen(db, scope, { today, limit: MOST_COUNTED })
  return { found, today, day: await getOrderDay(db, scope, params), leftOpen: left.length }
}
