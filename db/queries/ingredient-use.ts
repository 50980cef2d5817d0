import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { ledgerDays } from '../fragments/ledger-days'
import { milliseconds } from '../fragments/milliseconds'

type Scope = RestaurantScope<'stock:read'>

export type UseDay = {
  businessDate: BusinessDate
  /** Numeric strings in the ingredient's unit. Consumed is what was sold, by recipe card: the theoretical use. */
  received: string
  consumed: string
  wasted: string
  /** Signed: what counts found more, or less. What is missing was used as well, or is gone. */
  counted: string
  transferred: string
  /** At the end of that day. */
  onHand: string
}

/**
 * What one ingredient's stock did on each business date from `from` to `today`, also where it did nothing, for a chart.
 * At most 400 days are told.
 */
export async function listIngredientUse(
  db: Db,
  scope: Scope,
  { ingredientId, from, today }: { ingredientId: number; from: BusinessDate; today: BusinessDate },
): Promise<UseDay[]> {
  const { id: restaurantId } = scope.restaurant
  return db.execute<UseDay>(sql`
    with moved as (${ledgerDays(restaurantId, { from, to: today, ingredientId })}), day as (
      select d::date as business_date, coalesce(m.received, 0) as received, coalesce(m.consumed, 0) as consumed,
        coalesce(m.wasted, 0) as wasted, coalesce(m.counted, 0) as counted,
        coalesce(m.transferred, 0) as transferred
      from generate_series(greatest(${from}::date, ${today}::date - 399), ${today}::date, interval '1 day') d
      left join moved m on m.business_date = d::date
    )
    select business_date::text as "businessDate", trim_scale(received) as received, trim_scale(consumed) as consumed,
      trim_scale(wasted) as wasted, trim_scale(counted) as counted, trim_scale(transferred) as transferred,
      trim_scale(s.on_hand - coalesce(sum(received - consumed - wasted + counted + transferred) over (
        order by business_date rows between 1 following and unbounded following), 0)) as "onHand"
    from day
    join stock_levels s on s.restaurant_id = ${restaurantId} and s.ingredient_id = ${ingredientId}
    order by business_date`)
}

export type PaidPrice = {
  /** Milliseconds since 1970. */
  at: number
  supplier: string
  orderId: string
  orderNumber: number
  /** In the unit. */
  quantity: string
  /** Cents for one unit, as paid and as ordered; numeric strings. */
  unitPrice: string
  orderedPrice: string
}

/** What this restaurant paid for an ingredient, newest delivery first. */
export async function listPaidPrices(
  db: Db,
  scope: Scope,
  { ingredientId, limit }: { ingredientId: number; limit: number },
): Promise<PaidPrice[]> {
  return db.execute<PaidPrice>(sql`
    select ${milliseconds(sql`d.created_at`)} as at, p.name as supplier, o.id as "orderId", o.number as "orderNumber",
      trim_scale(l.quantity) as quantity, trim_scale(l.unit_price) as "unitPrice",
      trim_scale(l.ordered_price) as "orderedPrice"
    from (
      select * from delivery_lines
      where restaurant_id = ${scope.restaurant.id} and ingredient_id = ${ingredientId}
      order by delivery_id desc limit ${limit}
    ) l
    join deliveries d on d.restaurant_id = l.restaurant_id and d.id = l.delivery_id
    join purchase_orders o on o.restaurant_id = d.restaurant_id and o.id = d.order_id
    join suppliers p on p.id = o.supplier_id
    order by l.delivery_id desc`)
}
