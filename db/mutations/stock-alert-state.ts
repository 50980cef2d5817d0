import { type SQL, sql } from 'drizzle-orm'
import { STOCK_ALERTS_TAG } from '@/domain/cache-tags'
import type { Db } from '../client'
import { neededBefore, nextDelivery } from '../fragments/stock-position'
import { newUuid7 } from '../fragments/uuid'
import { invalidate } from './invalidate'

export type StockPair = { restaurantId: number; ingredientId: number }

const pairRows = (pairs: readonly StockPair[]): SQL => {
  const json = JSON.stringify(pairs.map(({ restaurantId, ingredientId }) => ({ restaurantId, ingredientId })))
  return sql`json_to_recordset(${json}::text::json) as g ("restaurantId" int, "ingredientId" int)`
}

/** What a level raises while it is so low: one row a kind. */
export const alertThresholds: SQL = sql`(values ('low', minimum), ('out', 0)) as k (kind, threshold)`

/** What is raised once stays, until stock has recovered. */
export const raisedAlready: SQL = sql`on conflict (restaurant_id, ingredient_id, kind) where cleared_at is null do nothing`

/**
 * Clears what some levels have recovered from; whoever calls holds them, so that nobody raises it again meanwhile. In a
 * statement of its own: one that waited for a level does not see the alert that was raised until then.
 */
export async function clearRecovered(tx: Db, pairs: readonly StockPair[]): Promise<void> {
  const cleared = await tx.execute(sql`
    update stock_alerts a set cleared_at = now()
    from ${pairRows(pairs)}
    join stock_levels s on s.restaurant_id = g."restaurantId" and s.ingredient_id = g."ingredientId"
    where a.restaurant_id = s.restaurant_id and a.ingredient_id = s.ingredient_id and a.cleared_at is null
      and s.on_hand > case a.kind when 'low' then s.minimum when 'out' then 0 end
    returning 1`)
  if (cleared.length > 0) await invalidate(tx, [STOCK_ALERTS_TAG])
}

/** Raises what levels of a restaurant, or some of them, lack an alert for, and holds those levels. */
export async function raiseMissing(
  tx: Db,
  restaurantId: number,
  ingredientIds: readonly number[] | null = null,
): Promise<number> {
  const some = ingredientIds ? sql`and s.ingredient_id = any(${sql.param(ingredientIds)}::int[])` : sql``
  const [row] = await tx.execute<{ raised: number }>(sql`
    with short as (
      select s.restaurant_id, s.ingredient_id, s.on_hand, s.minimum
      from stock_levels s
      where s.restaurant_id = ${restaurantId} and s.on_hand <= s.minimum ${some}
        and (select count(*) from stock_alerts a
          where a.restaurant_id = s.restaurant_id and a.ingredient_id = s.ingredient_id and a.cleared_at is null
            and a.kind in ('low', 'out')) < 1 + (s.on_hand <= 0)::int
      order by s.ingredient_id
      for no key update of s
    ), raised as (
      insert into stock_alerts (restaurant_id, id, ingredient_id, kind, on_hand)
      select restaurant_id, ${newUuid7}, ingredient_id, kind, on_hand
      from short cross join lateral ${alertThresholds}
      where on_hand <= threshold
      order by ingredient_id, kind
      ${raisedAlready}
      returning 1
    )
    select count(*)::int as raised from raised`)
  return row?.raised ?? 0
}

type StockDay = { restaurantId: number; today: string }

/** A query of levels with what will be left of them when goods could come that are ordered on that day: `then_left`. */
const projected = ({ restaurantId, today }: StockDay, levels: SQL): SQL => {
  const day = sql`${today}::date`
  return sql`
    select s.ingredient_id, s.on_hand, s.minimum, s.is_forecast,
      s.on_hand - coalesce(${neededBefore(day, sql`d.next_on`)}, 0) + coalesce((
        select sum(quantity) from arriving a where a.ingredient_id = s.ingredient_id and a.expected_on <= d.next_on
      ), 0) as then_left
    from stock_levels s
    join ingredients i on i.id = s.ingredient_id and i.is_active
    join suppliers p on p.id = i.supplier_id
    join stock_use u on u.restaurant_id = s.restaurant_id and u.ingredient_id = s.ingredient_id
    cross join lateral (select ${nextDelivery(day)} as next_on) d
    where s.restaurant_id = ${restaurantId} ${levels}`
}

const arriving = ({ restaurantId }: StockDay): SQL => sql`
  select l.ingredient_id, o.expected_on, sum(l.outstanding) as quantity
  from purchase_order_lines l
  join purchase_orders o on o.restaurant_id = l.restaurant_id and o.id = l.order_id
  where l.restaurant_id = ${restaurantId} and l.status = 'open'
  group by l.ingredient_id, o.expected_on`

/** Finds the ingredients whose forecast is another by that day's date and use, and holds their levels in their order. */
export async function holdNewForecasts(tx: Db, day: StockDay): Promise<number[]> {
  const held = await tx.execute<{ id: number }>(sql`
    with arriving as (${arriving(day)}), projected as materialized (${projected(day, sql``)})
    select s.ingredient_id as id
    from projected p
    join stock_levels s on s.restaurant_id = ${day.restaurantId} and s.ingredient_id = p.ingredient_id
    where p.on_hand > p.minimum and (p.then_left <= p.minimum) <> p.is_forecast
    order by s.ingredient_id
    for no key update of s`)
  return held.map(({ id }) => id)
}

/**
 * Raises and clears what a restaurant will be short of: stock that is above its minimum now and will not be when goods
 * could come that are ordered today, with what is on its way until then and what each weekday used on average. Whoever
 * calls holds the levels of the ingredients: so nobody else raises or clears theirs, and the order of locks is kept.
 * @param day `today`: the restaurant's business date
 */
export async function updateForecasts(
  tx: Db,
  day: StockDay,
  ingredientIds: readonly number[],
): Promise<{ raised: number; cleared: number }> {
  const { restaurantId } = day
  const [row] = await tx.execute<{ raised: number; cleared: number }>(sql`
    with arriving as (${arriving(day)}), projected as materialized (
      ${projected(day, sql`and s.ingredient_id = any(${sql.param(ingredientIds)}::int[])`)}
    ), raised as (
      insert into stock_alerts (restaurant_id, id, ingredient_id, kind, on_hand)
      select ${restaurantId}::int, ${newUuid7}, ingredient_id, 'forecast', on_hand
      from projected where on_hand > minimum and then_left <= minimum
      order by ingredient_id
      ${raisedAlready}
      returning 1
    ), cleared as (
      update stock_alerts a set cleared_at = now()
      from projected s
      where a.restaurant_id = ${restaurantId} and a.ingredient_id = s.ingredient_id and a.kind = 'forecast'
        and a.cleared_at is null and s.on_hand > s.minimum and s.then_left > s.minimum
      returning 1
    )
    select (select count(*) from raised)::int as raised, (select count(*) from cleared)::int as cleared`)
  const changed = row ?? { raised: 0, cleared: 0 }
  if (changed.raised + changed.cleared > 0) await invalidate(tx, [STOCK_ALERTS_TAG])
  return changed
}
