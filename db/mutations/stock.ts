import { type SQL, sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { movementsPosting, type Posting, postMovements, type Shortage } from './stock-ledger'

/** On whose behalf stock moves, and when: the business date is that of the movement, not of the order. */
export type StockMove = { orderId: string; businessDate: string }

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
): Promise<Shortage[]> => moveStock(tx, scope, move, consumedBy(lines))

/**
 * The statement of `consumeForOrder`, for where a shortage refuses nothing: the order's event says what there was not
 * enough of, by `shortageOf`.
 */
export const orderConsumption = (scope: RestaurantScope, move: StockMove, lines: SQL): SQL =>
  movementsPosting(...ofOrder(scope, move, consumedBy(lines)))

const consumedBy = (lines: SQL): SQL => sql`
  select c.ingredient_id, 'consumed' as kind, -sum(c.quantity * l.quantity) as quantity
  from (${lines}) l
  join menu_items m on m.id = l.menu_item_id
  join recipe_ingredients c on c.recipe_id = m.recipe_id
  group by c.ingredient_id`

/**
 * Posts the difference that a changed order makes, by today's recipe cards: takes what is more, puts back what is less
 * and was not begun, and writes off as waste what is less and was. Never puts back or writes off more than the order
 * still holds, so that a later cancel ends at zero though a recipe changed in between. Returns what there is not enough
 * of, as `consumeForOrder`.
 * @param lines a query of `menu_item_id`, `quantity` (the difference) and `cooked` (boolean)
 */
export const changeForOrder = (
  tx: Db,
  scope: RestaurantScope,
  move: StockMove,
  lines: SQL,
): Promise<Shortage[]> =>
  moveStock(
    tx,
    scope,
    move,
    sql`
      with difference as (
        select c.ingredient_id,
          coalesce(sum(c.quantity * l.quantity) filter (where l.quantity > 0 or not l.cooked), 0) as more,
          coalesce(sum(c.quantity * -l.quantity) filter (where l.quantity < 0 and l.cooked), 0) as wasted
        from (${lines}) l
        join menu_items m on m.id = l.menu_item_id
        join recipe_ingredients c on c.recipe_id = m.recipe_id
        group by c.ingredient_id
      ), bounded as (
        select d.ingredient_id, greatest(d.more, -coalesce(h.held, 0)) as more, d.wasted, coalesce(h.held, 0) as held
        from difference d
        left join (${heldBy(scope, move)}) h on h.ingredient_id = d.ingredient_id
      )
      select b.ingredient_id, e.kind, e.quantity
      from bounded b
      cross join lateral (values
        ('consumed', -greatest(b.more, 0)),
        ('reversed', greatest(-b.more, 0)),
        ('reversed', least(b.wasted, b.held + b.more)),
        ('waste', -least(b.wasted, b.held + b.more))
      ) as e (kind, quantity)
      where e.quantity <> 0`,
  )

/** Puts back what an order holds: the negation of its movements so far, whatever its recipes say by now. */
export const reverseForOrder = (tx: Db, scope: RestaurantScope, move: StockMove): Promise<Shortage[]> =>
  moveStock(
    tx,
    scope,
    move,
    sql`select ingredient_id, 'reversed' as kind, held as quantity from (${heldBy(scope, move)}) h`,
  )

/**
 * Writes what a cooked order holds off as waste: reversed and wasted in one, so that the ledger tells sales from waste
 * while on hand stays as it is.
 */
export const wasteForOrder = (tx: Db, scope: RestaurantScope, move: StockMove): Promise<Shortage[]> =>
  moveStock(
    tx,
    scope,
    move,
    sql`
      select h.ingredient_id, e.kind, e.quantity
      from (${heldBy(scope, move)}) h
      cross join lateral (values ('reversed', h.held), ('waste', -h.held)) as e (kind, quantity)`,
  )

/** What an order took and neither gave back nor wasted. */
const heldBy = (scope: RestaurantScope, move: StockMove): SQL => sql`
  select ingredient_id, -sum(quantity) as held
  from stock_movements
  where restaurant_id = ${scope.restaurant.id} and order_id = ${move.orderId}::uuid and kind <> 'waste'
  group by ingredient_id
  having sum(quantity) <> 0`

/** @param movements a query of `ingredient_id`, `kind` and `quantity` */
const moveStock = (tx: Db, scope: RestaurantScope, move: StockMove, movements: SQL): Promise<Shortage[]> =>
  postMovements(tx, ...ofOrder(scope, move, movements))

const ofOrder = (
  scope: RestaurantScope,
  { orderId, businessDate }: StockMove,
  movements: SQL,
): [Posting, SQL] => [
  { userId: scope.actor.userId, orderId, documentId: null, note: '' },
  sql`
    select ${scope.restaurant.id}::int as restaurant_id, m.ingredient_id, m.kind, m.quantity,
      ${businessDate}::date as business_date
    from (${movements}) m`,
]

/** What an order's event says when stock did not cover it; the wall and the manager read it there. */
export const shortageDetails = (short: readonly Shortage[]): object | null =>
  short.length > 0 ? { short: short.map(({ ingredientId, name }) => ({ ingredientId, name })) } : null

/**
 * The same as a scalar subquery, right after the ingredients of an order were taken and while their levels are locked;
 * null where there was enough of all.
 */
export const shortageOf = (scope: RestaurantScope, orderId: string): SQL => sql`
  select jsonb_build_object('short',
    jsonb_agg(jsonb_build_object('ingredientId', i.id, 'name', i.name) order by i.name))
  from stock_movements v
  join stock_levels s on s.restaurant_id = v.restaurant_id and s.ingredient_id = v.ingredient_id
  join ingredients i on i.id = v.ingredient_id
  where v.restaurant_id = ${scope.restaurant.id} and v.order_id = ${orderId}::uuid and s.on_hand < 0
  having count(*) > 0`
