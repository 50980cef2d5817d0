import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { ledgerDays } from '../fragments/ledger-days'
import { milliseconds } from '../fragments/milliseconds'

type Scope = RestaurantScope<'stock:read'>

export type VarianceRow = {
  ingredientId: number
  ingredient: string
  unit: Unit
  supplier: string
  /** Numeric strings in the unit: on hand before the first day and after the last, and what came and went between. */
  opening: string
  received: string
  transferred: string
  closing: string
  /** Opening + received + transferred − closing: what the kitchen went through. */
  actual: string
  /** Sales × recipe card, as the cards were when it was sold. */
  theoretical: string
  /** Actual − theoretical: positive is more than the cards explain. Of it, what somebody wrote off. */
  variance: string
  wasted: string
  /** Cents at today's price, signed. */
  varianceValue: number
  /** Percent of the theoretical use with one decimal; null where nothing was sold of it. */
  variancePercent: string | null
  /** When it was last counted, in milliseconds since 1970: before that, actual use is only what the book says. */
  countedAt: number | null
}

export type Variance = {
  /** What costs most first, in either direction. */
  rows: VarianceRow[]
  totals: {
    items: number
    /** Cents at today's prices. */
    actualValue: number
    theoreticalValue: number
    varianceValue: number
    wastedValue: number
  }
  trust: {
    /** Of what was sold in the period, in cents: all, and dishes with a recipe card. */
    sales: number
    salesWithCards: number
    /** Of the ingredients that moved: never counted, and counted within the period. */
    neverCounted: number
    countedWithin: number
    /** The oldest of their last counts, in milliseconds since 1970; null where none was counted. */
    oldestCount: number | null
  }
}

/**
 * Actual against theoretical use of every ingredient that moved from `from` to `to`, both business dates included: what
 * opening stock and deliveries leave after the closing stock, against what sales should have taken. Beside it how far
 * to trust that. At most `limit` rows; the totals are of all.
 * @param today the restaurant's business date: what moved since `to` is taken back from what is on hand
 */
export async function getStockVariance(
  db: Db,
  scope: Scope,
  { from, to, today, limit }: { from: BusinessDate; to: BusinessDate; today: BusinessDate; limit: number },
): Promise<Variance> {
  const { id: restaurantId } = scope.restaurant
  const within = sql`business_date <= ${to}::date`
  const net = sql`received - consumed - wasted + counted + transferred`
  const [found] = await db.execute<Variance>(sql`
    with moved as (${ledgerDays(restaurantId, { from, to: today, ingredientId: null })}), summed as (
      select ingredient_id, coalesce(sum(received) filter (where ${within}), 0) as received,
        coalesce(sum(consumed) filter (where ${within}), 0) as theoretical,
        coalesce(sum(wasted) filter (where ${within}), 0) as wasted,
        coalesce(sum(transferred) filter (where ${within}), 0) as transferred,
        coalesce(sum(${net}) filter (where ${within}), 0) as net,
        coalesce(sum(${net}) filter (where not ${within}), 0) as since
      from moved group by ingredient_id
      having bool_or(${within})
    ), used as (
      select m.*, i.name, i.unit, p.name as supplier, i.unit_price, s.on_hand - m.since as closing,
        s.on_hand - m.since - m.net as opening, m.received + m.transferred - m.net as actual, s.counted_at
      from summed m
      join stock_levels s on s.restaurant_id = ${restaurantId} and s.ingredient_id = m.ingredient_id
      join ingredients i on i.id = m.ingredient_id
      join suppliers p on p.id = i.supplier_id
    ), valued as (
      select *, actual - theoretical as variance, round((actual - theoretical) * unit_price) as variance_value
      from used
    ), sold as (
      select coalesce(sum(d.revenue), 0) as sales,
        coalesce(sum(d.revenue) filter (where exists (
          select from recipe_ingredients l where l.recipe_id = m.recipe_id)), 0) as with_cards
      from (
        select menu_item_id, sum(revenue) as revenue from daily_item_sales
        where restaurant_id = ${restaurantId} and business_date between ${from}::date and ${to}::date
        group by menu_item_id
      ) d
      join menu_items m on m.id = d.menu_item_id
    )
    select (
      select coalesce(json_agg(json_build_object('ingredientId', ingredient_id, 'ingredient', name, 'unit', unit,
        'supplier', supplier, 'opening', trim_scale(opening)::text, 'received', trim_scale(received)::text,
        'transferred', trim_scale(transferred)::text, 'closing', trim_scale(closing)::text,
        'actual', trim_scale(actual)::text, 'theoretical', trim_scale(theoretical)::text,
        'variance', trim_scale(variance)::text, 'wasted', trim_scale(wasted)::text,
        'varianceValue', variance_value,
        'variancePercent', round(100 * variance / nullif(theoretical, 0), 1)::text,
        'countedAt', ${milliseconds(sql`counted_at`)}) order by abs(variance_value) desc, name, ingredient_id), '[]')
      from (select * from valued order by abs(variance_value) desc, name, ingredient_id limit ${limit}) v
    ) as rows, (
      select json_build_object('items', count(*), 'actualValue', coalesce(round(sum(actual * unit_price)), 0),
        'theoreticalValue', coalesce(round(sum(theoretical * unit_price)), 0),
        'varianceValue', coalesce(round(sum(variance * unit_price)), 0),
        'wastedValue', coalesce(round(sum(wasted * unit_price)), 0)) from valued
    ) as totals, (
      select json_build_object('sales', (select sales from sold), 'salesWithCards', (select with_cards from sold),
        'neverCounted', count(*) filter (where counted_at is null),
        'countedWithin', count(*) filter (where counted_at >= ${from}::date::timestamptz),
        'oldestCount', ${milliseconds(sql`min(counted_at)`)}) from valued
    ) as trust`)
  if (!found) throw new Error('A select without FROM returned no row.')
  return found
}
