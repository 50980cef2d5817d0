import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { joinOnOrder, nextDelivery, onOrderHere, packsToOrder } from '../fragments/stock-position'

type Scope = RestaurantScope<'stock:read'>

export type Proposal = {
  supplierId: number
  supplier: string
  /** Ingredients to order, and how many of those are at or below their minimum. */
  items: number
  low: number
  /** Cents. */
  cost: number
  minimumOrder: number | null
  /** When it comes if it is sent today, or on the supplier's next order day. */
  expectedOn: BusinessDate
  /** Of the draft that there is already; null: none. */
  draftId: string | null
}

/**
 * What this restaurant should order from whom, the suppliers with most that is low first: what `draftPurchaseOrder` would
 * put on a draft. Suppliers with a draft are there whether or not anything is missing.
 */
export async function listProposals(
  db: Db,
  scope: Scope,
  { today }: { today: BusinessDate },
): Promise<Proposal[]> {
  const { id: restaurantId } = scope.restaurant
  const rows = await db.execute<Proposal & { cost: string | number }>(sql`
    with proposed as (
      select i.supplier_id, s.on_hand <= s.minimum as is_low, i.pack_size, i.unit_price,
        ${packsToOrder(onOrderHere)} as packs
      from stock_levels s join ingredients i on i.id = s.ingredient_id and i.is_active
      ${joinOnOrder(restaurantId)}
      where s.restaurant_id = ${restaurantId}
    ), missing as (
      select supplier_id, count(*)::int as items, (count(*) filter (where is_low))::int as low,
        sum(round(packs * pack_size * unit_price)) as cost
      from proposed where packs > 0 group by supplier_id
    )
    select p.id as "supplierId", p.name as supplier, coalesce(m.items, 0) as items, coalesce(m.low, 0) as low,
      coalesce(m.cost, 0) as cost, p.minimum_order as "minimumOrder",
      ${nextDelivery(sql`${today}::date`)}::text as "expectedOn", d.id as "draftId"
    from suppliers p
    left join missing m on m.supplier_id = p.id
    left join purchase_orders d
      on d.restaurant_id = ${restaurantId} and d.supplier_id = p.id and d.status = 'draft'
    where m.supplier_id is not null and p.is_active or d.id is not null
    order by low desc, cost desc, p.name, p.id`)
  return rows.map((row) => ({ ...row, cost: Number(row.cost) }))
}
