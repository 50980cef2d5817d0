import type { Db } from '@/db/client'
import { listPriceHistory, type PriceChange } from '@/db/queries/audit'
import { listIngredientUse, listPaidPrices, type PaidPrice, type UseDay } from '@/db/queries/ingredient-use'
import { getStockIngredient, type StockIngredient } from '@/db/queries/stock'
import { listStockMovements, type StockMovement } from '@/db/queries/stock-movements'
import { addDays, businessDate } from '@/domain/business-day'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { IngredientView } from './search-params'

const MOVEMENTS = 30
const PAID_PRICES = 20

export type IngredientData = {
  stock: StockIngredient
  use: UseDay[]
  movements: StockMovement[]
  /** The movement after which the next page of the journal begins; null on its last. */
  older: string | null
  prices: PriceChange[]
  paid: PaidPrice[]
}

/** What one ingredient did in a restaurant, in six queries; null where it was never stocked. */
export async function loadIngredient(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  chain: ChainScope<'stock:read'>,
  { ingredientId, days, before }: IngredientView & { ingredientId: number },
  now: Date,
): Promise<IngredientData | null> {
  const { timeZone, dayCutoff } = scope.restaurant
  const today = businessDate(now, timeZone, dayCutoff)
  const stock = await getStockIngredient(db, scope, { today, ingredientId })
  if (!stock) return null
  const [use, movements, prices, paid] = await Promise.all([
    listIngredientUse(db, scope, { ingredientId, from: addDays(today, 1 - days), today }),
    listStockMovements(db, scope, {
      ingredientId,
      limit: MOVEMENTS + 1,
      ...(before === null ? {} : { before }),
    }),
    listPriceHistory(db, chain, ingredientId),
    listPaidPrices(db, scope, { ingredientId, limit: PAID_PRICES }),
  ])
  const shown = movements.slice(0, MOVEMENTS)
  const older = movements.length > MOVEMENTS ? (shown.at(-1)?.id ?? null) : null
  return { stock, use, movements: shown, older, prices, paid }
}
