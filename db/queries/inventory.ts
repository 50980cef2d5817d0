import { sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'

type StockScope = ChainScope<'stock:read'> | RestaurantScope<'stock:read'>

const restaurantIds = (scope: StockScope) =>
  sql.param('restaurantIds' in scope ? scope.restaurantIds : [scope.restaurant.id])

/** How many active ingredients of this restaurant are at or below their minimum. */
export async function countLowStock(db: Db, scope: RestaurantScope): Promise<number> {
  const [row] = await db.execute<{ low: number }>(sql`
    select count(*)::int as low
    from stock_levels s
    join ingredients i on i.id = s.ingredient_id and i.is_active
    where s.restaurant_id = ${scope.restaurant.id} and s.on_hand <= s.minimum`)
  return row?.low ?? 0
}

export type LowStock = {
  restaurantId: number
  ingredientId: number
  name: string
  unit: Unit
  /** Numeric strings in the ingredient's unit. */
  onHand: string
  minimum: string
  supplierId: number
  supplier: string
}

/**
 * Active ingredients at or below `threshold` (a numeric string in each ingredient's own unit), or without one at or
 * below their own minimum; the least on hand first. At most `limit` rows.
 */
export async function listLowStock(
  db: Db,
  scope: StockScope,
  { threshold, limit }: { threshold?: string; limit: number },
): Promise<LowStock[]> {
  const rows = await db.execute<LowStock>(sql`
    select s.restaurant_id as "restaurantId", i.id as "ingredientId", i.name, i.unit,
      trim_scale(s.on_hand) as "onHand", trim_scale(s.minimum) as minimum,
      p.id as "supplierId", p.name as supplier
    from stock_levels s
    join ingredients i on i.id = s.ingredient_id and i.is_active
    join suppliers p on p.id = i.supplier_id
    where s.restaurant_id = any(${restaurantIds(scope)}::int[])
      and s.on_hand <= ${threshold === undefined ? sql`s.minimum` : sql`${threshold}::numeric`}
    order by s.on_hand, i.name, s.restaurant_id
    limit ${limit}`)
  return [...rows]
}
