import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { ingredients } from '../schema/ingredients'
import { stockLevels } from '../schema/stock'

export type SupplierIngredient = {
  id: number
  name: string
  unit: Unit
  /** Cents for one unit, a numeric string with decimals. */
  unitPrice: string
  /** Units in one ordering pack, a numeric string. */
  packSize: string
  /** What this restaurant has, in units; null where it never stocked the ingredient. */
  onHand: string | null
}

/**
 * The active ingredients that one supplier delivers, by name, at most `limit` of them, beginning after the name `after`
 * (names are unique, so the last name of a page is the key of the next).
 */
export async function listIngredientsBySupplier(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  { supplierId, after, limit }: { supplierId: number; after?: string; limit: number },
): Promise<SupplierIngredient[]> {
  return db
    .select({
      id: ingredients.id,
      name: ingredients.name,
      unit: ingredients.unit,
      unitPrice: sql<string>`trim_scale(${ingredients.unitPrice})`,
      packSize: sql<string>`trim_scale(${ingredients.packSize})`,
      onHand: sql<string | null>`trim_scale(${stockLevels.onHand})`,
    })
    .from(ingredients)
    .leftJoin(
      stockLevels,
      and(eq(stockLevels.restaurantId, scope.restaurant.id), eq(stockLevels.ingredientId, ingredients.id)),
    )
    .where(
      and(
        eq(ingredients.supplierId, supplierId),
        ingredients.isActive,
        after === undefined ? undefined : gt(ingredients.name, after),
      ),
    )
    .orderBy(asc(ingredients.name))
    .limit(limit)
}
