import { type SQL, sql } from 'drizzle-orm'
import { businessDate } from '@/domain/business-day'
import type { RestaurantScope, RestaurantSettings } from '@/domain/scope'
import type { Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { newUuid7 } from '../fragments/uuid'
import { alertThresholds, clearRecovered, raisedAlready } from './stock-alert-state'

/** An ingredient of which there is not enough: on hand would be, or is, below zero. */
export type Shortage = { ingredientId: number; name: string; unit: Unit }

export type Posting = {
  userId: number | null
  /** The order of a guest that took it, or null. */
  orderId: string | null
  /** The delivery, count, transfer or waste that it belongs to, or null. */
  documentId: string | null
  note: string
  /** The pairs were counted: their levels say so, also where nothing was missing. */
  isCount?: boolean
}

type Moved = Shortage & { restaurantId: number; isShort: boolean; hasRecovered: boolean }

/**
 * The one place where stock moves: levels, ledger and alerts. The insert takes its rows in the order of restaurant and
 * ingredient and locks each level as it comes to it, so that two postings never wait for each other crosswise; an
 * ingredient that a restaurant never stocked gets its level here. Where the movements of an ingredient add up to nothing
 * its level stays unlocked, unless it was counted. Returns what fell, or stayed, below zero by it, by name.
 *
 * What falls to its minimum or to nothing raises its alert in the same statement: once, since one that is open stays.
 * @param movements a query of `restaurant_id`, `ingredient_id`, `kind`, `quantity` and `business_date`
 */
export async function postMovements(tx: Db, posting: Posting, movements: SQL): Promise<Shortage[]> {
  const moved = await tx.execute<Moved>(movementsPosting(posting, movements))
  const recovered = moved.filter(({ hasRecovered }) => hasRecovered)
  if (recovered.length > 0) await clearRecovered(tx, recovered)
  return moved
    .filter(({ isShort }) => isShort)
    .map(({ ingredientId, name, unit }) => ({ ingredientId, name, unit }))
}

/** The statement of `postMovements`, and all of it where nothing is put back, so that no alert can be over. */
export function movementsPosting(posting: Posting, movements: SQL): SQL {
  const { userId, orderId, documentId, note, isCount = false } = posting
  return sql`
    with movement as materialized (${movements}), net as (
      select restaurant_id, ingredient_id, sum(quantity) as quantity
      from movement group by restaurant_id, ingredient_id ${isCount ? sql`` : sql`having sum(quantity) <> 0`}
    ), level as (
      insert into stock_levels as s (restaurant_id, ingredient_id, on_hand, minimum, par
        ${isCount ? sql`, counted_at` : sql``})
      select net.restaurant_id, net.ingredient_id, net.quantity, i.minimum, i.minimum ${isCount ? sql`, now()` : sql``}
      from net join ingredients i on i.id = net.ingredient_id
      order by net.restaurant_id, net.ingredient_id
      on conflict (restaurant_id, ingredient_id) do update
        set on_hand = s.on_hand + excluded.on_hand, updated_at = now()
          ${isCount ? sql`, counted_at = now()` : sql``}
      returning s.restaurant_id, s.ingredient_id, s.on_hand, s.minimum
    ), logged as (
      insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, order_id, document_id, user_id,
        note, business_date)
      select restaurant_id, ${newUuid7}, ingredient_id, kind, quantity, ${orderId}::uuid, ${documentId}::uuid,
        ${userId}::int, ${note}, business_date
      from movement where quantity <> 0
    ), raised as (
      insert into stock_alerts (restaurant_id, id, ingredient_id, kind, on_hand)
      select restaurant_id, ${newUuid7}, ingredient_id, kind, on_hand
      from level cross join lateral ${alertThresholds}
      where on_hand <= threshold
      order by restaurant_id, ingredient_id, kind
      ${raisedAlready}
    ), moved as (
      select level.*, level.on_hand < 0 and net.quantity < 0 as is_short,
        net.quantity > 0 and level.on_hand > 0 and level.on_hand - net.quantity <= level.minimum as has_recovered
      from level join net using (restaurant_id, ingredient_id)
    )
    select m.restaurant_id as "restaurantId", i.id as "ingredientId", i.name, i.unit, m.is_short as "isShort",
      m.has_recovered as "hasRecovered"
    from moved m join ingredients i on i.id = m.ingredient_id
    where m.is_short or m.has_recovered
    order by i.name, m.restaurant_id`
}

/** The restaurant's business date now, by the database's clock. */
export async function stockDay(tx: Db, { timeZone, dayCutoff }: RestaurantSettings): Promise<string> {
  const [row] = await tx.execute<{ now: string }>(sql`select to_json(now()) as now`)
  if (!row) throw new Error('A select without FROM returned no row.')
  return businessDate(new Date(row.now), timeZone, dayCutoff)
}

/** Whether a posting that leaves something short may stand in this restaurant. */
export const refusesShortage = ({ restaurant }: RestaurantScope): boolean =>
  restaurant.stockPolicy === 'refuse'
