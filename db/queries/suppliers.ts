import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { holdsName } from '../fragments/holds-name'
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

export type ListedSupplier = {
  id: number
  name: string
  contactPerson: string
  phone: string
  email: string
  isActive: boolean
  /** Of 5. */
  rating: number
  leadTimeDays: number
  /** 1 Monday to 7 Sunday. */
  orderDays: number[]
  /** Active ones that come from it. */
  ingredients: number
}

/** The suppliers whose name or contact holds `search`, by name, at most `limit` of them. */
export async function listSuppliers(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { search, limit }: { search: string; limit: number },
): Promise<ListedSupplier[]> {
  return db.execute<ListedSupplier>(sql`
    select s.id, s.name, s.contact_person as "contactPerson", s.phone, s.email, s.is_active as "isActive", s.rating,
      s.lead_time_days as "leadTimeDays", s.order_days as "orderDays",
      (select count(*)::int from ingredients i where i.supplier_id = s.id and i.is_active) as ingredients
    from suppliers s
    where ${search} = '' or ${holdsName(sql`s.name || ' ' || s.contact_person`, search)}
    order by s.name, s.id limit ${limit}`)
}

export type SupplierUse = { ingredients: number; first: { id: number; name: string }[] }

/** The active ingredients that come from a supplier: how many, and the first of them by name. */
export async function getSupplierUse(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  { id, limit }: { id: number; limit: number },
): Promise<SupplierUse> {
  const rows = await db.execute<{ id: number; name: string; ingredients: number }>(sql`
    select id, name, count(*) over ()::int as ingredients from ingredients
    where supplier_id = ${id} and is_active order by name limit ${limit}`)
  return { ingredients: rows[0]?.ingredients ?? 0, first: rows.map(({ id, name }) => ({ id, name })) }
}

/** What an ingredient may come from: the active suppliers by name, and the one of the number `present`. */
export async function listSupplierNames(
  db: Db,
  _scope: ChainScope<'menu:edit'> | ChainScope<'stock:read'>,
  { present }: { present: number | null },
): Promise<{ id: number; name: string; isActive: boolean }[]> {
  return db.execute<{ id: number; name: string; isActive: boolean }>(sql`
    select id, name, is_active as "isActive" from suppliers where is_active or id = ${present}::int order by name, id`)
}
