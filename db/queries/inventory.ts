import { sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'

type StockScope = ChainScope<'stock:read'> | RestaurantScope<'stock:read'>

const restaurantIds = (scope: StockScope) =>
  sql.param('restaurantIds' in scope ? scope.restaurantIds : [scope.restaurant.id])

export const ALERT_ROWS = 20
export const ALERT_SUPPLIERS = 50

export type StockAlert = {
  restaurantId: number
  restaurant: string
  ingredientId: number
  ingredient: string
  unit: Unit
  /** Numeric strings in the ingredient's unit, like the next three. */
  onHand: string
  minimum: string
  par: string
  packSize: string
  /** Nothing left. */
  isOut: boolean
  /** Whole packs that bring on hand up to par or above; 0 when it is there already. */
  packs: number
  /** Cents: the packs at the ingredient's unit price, rounded to a cent a row so that the rows add up. */
  cost: number
}

export type SupplierAlerts = {
  id: number
  name: string
  contactPerson: string
  phone: string
  email: string
  isActive: boolean
  leadTimeDays: number
  /** All of this supplier's alerts in the scope, not only the page of them in `rows`. */
  items: number
  out: number
  /** Cents, over all of them. */
  cost: number
  /** From 1; the last page where a later one was asked for. */
  page: number
  rows: StockAlert[]
}

export type StockAlerts = {
  suppliers: SupplierAlerts[]
  /** Over all suppliers, also those beyond this page of them. `cost` in cents. */
  totals: { suppliers: number; items: number; out: number; cost: number }
  page: number
}

type AlertRow = Omit<SupplierAlerts, 'cost'> & {
  cost: string
  suppliers: number
  allItems: number
  allOut: number
  allCost: string
  supplierPage: number
}

/**
 * Every active ingredient at or below its minimum, by supplier: the suppliers with most items out first, 50 a page, each
 * with exact figures and its 20 worst rows (out first, then the lowest share of the minimum). With `supplierId` only
 * that supplier, and `page` turns its rows; without it, `page` turns the suppliers. A page beyond the end is the last.
 */
export async function listStockAlerts(
  db: Db,
  scope: StockScope,
  { supplierId = null, page = 1 }: { supplierId?: number | null; page?: number },
): Promise<StockAlerts> {
  const rowPage = supplierId === null ? 0 : page - 1
  const supplierPage = supplierId === null ? page - 1 : 0
  const found = await db.execute<AlertRow>(sql`
    with low as (
      select s.restaurant_id, r.name as restaurant, s.ingredient_id, i.name as ingredient, i.unit, i.supplier_id,
        s.on_hand, s.minimum, s.par, i.pack_size, s.on_hand <= 0 as is_out,
        coalesce(s.on_hand / nullif(s.minimum, 0), 0) as cover,
        order_up.packs, round(order_up.packs * i.pack_size * i.unit_price) as cost
      from stock_levels s
      join ingredients i on i.id = s.ingredient_id and i.is_active
      join restaurants r on r.id = s.restaurant_id
      cross join lateral (select greatest(ceil((s.par - s.on_hand) / i.pack_size), 0) as packs) order_up
      where s.restaurant_id = any(${restaurantIds(scope)}::int[]) and s.on_hand <= s.minimum
      ${supplierId === null ? sql`` : sql`and i.supplier_id = ${supplierId}`}
    ), ranked as (
      select *, count(*) over (partition by supplier_id) as items,
        row_number() over (
          partition by supplier_id order by is_out desc, cover, ingredient, restaurant, restaurant_id
        ) as rank
      from low
    ), paged as (
      select *, least(${rowPage}::bigint, (items - 1) / ${ALERT_ROWS}) as page from ranked
    ), grouped as (
      select supplier_id, count(*)::int as items, (count(*) filter (where is_out))::int as out, sum(cost) as cost,
        min(cover) as worst, (min(page) + 1)::int as page,
        json_agg(json_build_object(
          'restaurantId', restaurant_id, 'restaurant', restaurant, 'ingredientId', ingredient_id,
          'ingredient', ingredient, 'unit', unit, 'onHand', trim_scale(on_hand)::text,
          'minimum', trim_scale(minimum)::text, 'par', trim_scale(par)::text,
          'packSize', trim_scale(pack_size)::text, 'isOut', is_out, 'packs', packs, 'cost', cost
        ) order by rank) filter (where (rank - 1) / ${ALERT_ROWS} = page) as rows
      from paged
      group by supplier_id
    ), placed as (
      select *, count(*) over ()::int as suppliers, (sum(items) over ())::int as all_items,
        (sum(out) over ())::int as all_out, sum(cost) over () as all_cost,
        row_number() over (order by out desc, worst, items desc, supplier_id) as place
      from grouped
    ), turned as (
      select *, least(${supplierPage}::bigint, (suppliers - 1) / ${ALERT_SUPPLIERS}) as supplier_page from placed
    )
    select t.supplier_id as id, s.name, s.contact_person as "contactPerson", s.phone, s.email,
      s.is_active as "isActive", s.lead_time_days as "leadTimeDays", t.items, t.out, t.cost, t.page, t.rows,
      t.suppliers, t.all_items as "allItems", t.all_out as "allOut", t.all_cost as "allCost",
      (t.supplier_page + 1)::int as "supplierPage"
    from turned t
    join suppliers s on s.id = t.supplier_id
    where (t.place - 1) / ${ALERT_SUPPLIERS} = t.supplier_page
    order by t.place`)
  return shapeAlerts(found)
}

function shapeAlerts(found: readonly AlertRow[]): StockAlerts {
  const first = found[0]
  return {
    suppliers: found.map(({ suppliers: _, allItems, allOut, allCost, supplierPage, ...supplier }) => ({
      ...supplier,
      cost: Number(supplier.cost),
    })),
    totals: {
      suppliers: first?.suppliers ?? 0,
      items: first?.allItems ?? 0,
      out: first?.allOut ?? 0,
      cost: Number(first?.allCost ?? 0),
    },
    page: first?.supplierPage ?? 1,
  }
}

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
