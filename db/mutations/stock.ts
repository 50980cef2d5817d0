import { type SQL, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { MovementKind, Unit } from '@/domain/vocabulary'
import type { Db } from '../client'
import { newUuid7 } from '../fragments/uuid'

/** On whose behalf stock moves, and when: the business date is that of the movement, not of the order. */
export type StockMove = { orderId: string; businessDate: string }

/** An ingredient of which there is not enough: on hand would be, or is, below zero. */
export type Shortage = { ingredientId: number; name: string; unit: Unit }

/**
 * Takes what an order's dishes need by their recipe cards off the restaurant's stock. Returns what there is not enough
 * of, by name: a caller whose restaurant refuses such orders rolls back, else stock goes below zero. A dish without a
 * recipe takes nothing.
 * @param lines a query of `menu_item_id` and `quantity`
 */
export const consumeForOrder = (
  tx: Db,
  scope: RestaurantScope,
  move: StockMove,
  lines: SQL,
): Promise<Shortage[]> =>
  moveStock(
    tx,
    scope,
    move,
    'consumed',
    sql`
      select c.ingredient_id, -sum(c.quantity * l.quantity) as quantity
      from (${lines}) l
      join menu_items m on m.id = l.menu_item_id
      join recipe_ingredients c on c.recipe_id = m.recipe_id
      group by c.ingredient_id`,
  )

/** Puts back what an order took: the negation of its movements so far, whatever its recipes say by now. */
export const reverseForOrder = (tx: Db, scope: RestaurantScope, move: StockMove): Promise<Shortage[]> =>
  moveStock(
    tx,
    scope,
    move,
    'reversed',
    sql`select ingredient_id, -quantity as quantity from (${taken(scope, move)}) t`,
  )

/**
 * Writes what a cooked order took off as waste: reversed and wasted in one, so that the ledger tells sales from waste
 * while on hand stays as it is. No level changes, so no level is locked.
 */
export async function wasteForOrder(tx: Db, scope: RestaurantScope, move: StockMove): Promise<void> {
  await tx.execute(sql`
    with taken as (${taken(scope, move)}), both_sides as (
      select ingredient_id, 'reversed' as kind, -quantity as quantity from taken
      union all select ingredient_id, 'waste', quantity from taken
    )
    ${insertMovements(scope, move, sql`select ingredient_id, kind, quantity from both_sides`)}`)
}

const taken = (scope: RestaurantScope, move: StockMove): SQL => sql`
  select ingredient_id, sum(quantity) as quantity
  from stock_movements
  where restaurant_id = ${scope.restaurant.id} and order_id = ${move.orderId}::uuid
  group by ingredient_id
  having sum(quantity) <> 0`

const insertMovements = (scope: RestaurantScope, move: StockMove, rows: SQL): SQL => sql`
  insert into stock_movements (restaurant_id, id, ingredient_id, kind, quantity, order_id, user_id, business_date)
  select ${scope.restaurant.id}::int, ${newUuid7}, r.ingredient_id, r.kind, r.quantity,
    ${move.orderId}::uuid, ${scope.actor.userId}::int, ${move.businessDate}::date
  from (${rows}) r`

/**
 * Levels and ledger in one statement. The insert takes its rows in the order of the ingredient's id and locks each
 * level as it comes to it, so that two orders never wait for each other crosswise; an ingredient that this restaurant
 * never stocked gets its level here.
 */
async function moveStock(
  tx: Db,
  scope: RestaurantScope,
  move: StockMove,
  kind: MovementKind,
  quantities: SQL,
): Promise<Shortage[]> {
  return tx.execute<Shortage>(sql`
    with moved as materialized (${quantities}), level as (
      insert into stock_levels as s (restaurant_id, ingredient_id, on_hand, minimum, par)
      select ${scope.restaurant.id}::int, moved.ingredient_id, moved.quantity, i.minimum, i.minimum
      from moved join ingredients i on i.id = moved.ingredient_id
      order by moved.ingredient_id
      on conflict (restaurant_id, ingredient_id) do update
        set on_hand = s.on_hand + excluded.on_hand, updated_at = now()
      returning s.ingredient_id, s.on_hand
    ), movement as (
      ${insertMovements(scope, move, sql`select ingredient_id, ${kind}::text as kind, quantity from moved`)}
    )
    select i.id as "ingredientId", i.name, i.unit
    from level join ingredients i on i.id = level.ingredient_id
    where level.on_hand < 0
    order by i.name`)
}

/** What an order's event says when stock did not cover it; the wall and the manager read it there. */
export const shortageDetails = (short: readonly Shortage[]): object | null =>
  short.length > 0 ? { short: short.map(({ ingredientId, name }) => ({ ingredientId, name })) } : null
