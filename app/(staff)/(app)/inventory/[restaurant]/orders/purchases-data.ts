import type { Db } from '@/db/client'
import { type ListedPurchase, listPurchaseOrders } from '@/db/queries/purchase-orders'
import { listProposals, type Proposal } from '@/db/queries/purchase-proposals'
import { businessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { PurchasesView } from './search-params'

const PAGE_SIZE = 50

export type PurchasesData = {
  /** None where the list is narrowed or turned: it is about what was ordered then. */
  proposals: Proposal[]
  orders: { rows: ListedPurchase[]; next: number | null }
}

/** What a restaurant should order and what it has ordered, under the view. */
export async function loadPurchases(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  view: PurchasesView,
  now: Date,
): Promise<PurchasesData> {
  const { timeZone, dayCutoff } = scope.restaurant
  const isWhole = view.status === null && view.supplierId === null && view.before === null
  const [proposals, orders] = await Promise.all([
    isWhole ? listProposals(db, scope, { today: businessDate(now, timeZone, dayCutoff) }) : [],
    listPurchaseOrders(db, scope, {
      statuses: view.status && [view.status],
      supplierId: view.supplierId,
      before: view.before,
      limit: PAGE_SIZE,
    }),
  ])
  return { proposals, orders }
}
