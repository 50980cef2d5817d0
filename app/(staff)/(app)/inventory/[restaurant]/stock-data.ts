import type { Db } from '@/db/client'
import { type EightySixSuggestions, listSuggestions } from '@/db/queries/eighty-six-suggestions'
import { listStock, type StockList } from '@/db/queries/stock'
import { listSupplierNames } from '@/db/queries/suppliers'
import { businessDate } from '@/domain/business-day'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { StockView } from './search-params'

const PAGE_SIZE = 50

export type StockData = {
  stock: StockList
  suppliers: { id: number; name: string; isActive: boolean }[]
  suggestions: EightySixSuggestions
}

/** What the stock page shows, in three queries. */
export async function loadStock(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  { chain, menu }: { chain: ChainScope<'stock:read'>; menu: RestaurantScope<'menu:eighty_six'> },
  view: StockView,
  now: Date,
): Promise<StockData> {
  const { timeZone, dayCutoff } = scope.restaurant
  const today = businessDate(now, timeZone, dayCutoff)
  const [stock, suppliers, suggestions] = await Promise.all([
    listStock(db, scope, { ...view, today, limit: PAGE_SIZE }),
    listSupplierNames(db, chain, { present: view.supplierId }),
    listSuggestions(db, menu),
  ])
  return { stock, suppliers, suggestions }
}
