import { type SQL, sql } from 'drizzle-orm'
import { businessDate } from '@/domain/business-day'
import type { RestaurantScope } from '@/domain/scope'
import { type MoveRefused, planMove, type TicketChange } from '@/domain/ticket-moves'
import type { OrderStatus } from '@/domain/vocabulary'
import type { WallMove } from '@/domain/wall'
import { commitWith, type Db, postgresCause } from '../client'
import { consumeForOrder, orderConsumption, shortageOf } from './stock'
import { refusesShortage, type Shortage } from './stock-ledger'
import { lockTicket, readTicket } from './ticket-read'
import { ticketWrite } from './ticket-write'
import { transact } from './transact'

type Bumper = RestaurantScope<'tickets:bump'>
type Press = { id: string; move: WallMove }

/** Not confirmed: the restaurant refuses what stock can't cover. The ticket stays pending. */
type OutOfStock = { ok: false; reason: 'out_of_stock'; status: OrderStatus; ingredients: Shortage[] }

export type MoveAnswer =
  | { ok: true; status: OrderStatus }
  | { ok: false; reason: 'not_found' }
  | MoveRefused
  | OutOfStock

/**
 * Does what was pressed on a wall, exactly once for each id: the same id again gets the first answer, whatever became
 * of the ticket since. The order's row is locked first, so of many screens that press the same at once the first
 * moves the ticket and the others learn where it is.
 */
export async function applyMove(db: Db, scope: Bumper, press: Press): Promise<MoveAnswer> {
  try {
    return await db.transaction((tx) => moveOnce(tx, scope, press))
  } catch (error) {
    // The same id for another order at the same moment: no lock of theirs is in common, but one of them was first.
    if (postgresCause(error)?.constraint !== 'wall_moves_restaurant_id_id_pk') throw error
    const [first] = await db.execute<{ answer: MoveAnswer }>(earlierAnswer(scope, press.id))
    if (!first) throw error
    return first.answer
  }
}

async function moveOnce(tx: Db, scope: Bumper, { id, move }: Press): Promise<MoveAnswer> {
  const { orderId } = move
  if (!(await lockTicket(tx, scope, orderId))) return { ok: false, reason: 'not_found' }
  const ticket = await readTicket<MoveAnswer>(tx, scope, orderId, earlierAnswer(scope, id))
  if (ticket.earlier) return ticket.earlier

  let plan: TicketChange | MoveRefused | OutOfStock = planMove(ticket, move)
  const takes = plan.ok && plan.events[0]?.kind === 'confirmed'
  if (plan.ok && takes && refusesShortage(scope))
    plan = await takeIngredients(tx, scope, orderId, ticket.now, plan)
  const consumption = takes && !refusesShortage(scope) ? [consumptionOf(scope, orderId, ticket.now)] : []
  const answer: MoveAnswer = plan.ok ? { ok: true, status: plan.status } : plan
  const answered = insertAnswer(scope, id, answer)
  if (!plan.ok) await commitWith(tx, [answered])
  else {
    const details = consumption.length > 0 ? shortageOf(scope, orderId) : undefined
    const more = [sql`answered as (${answered})`]
    await commitWith(tx, [...consumption, ticketWrite(tx, scope, orderId, plan, { details, more })])
  }
  return answer
}

const earlierAnswer = (scope: Bumper, id: string): SQL => sql`
  select answer from wall_moves where restaurant_id = ${scope.restaurant.id} and id = ${id}::uuid`

const insertAnswer = (scope: Bumper, id: string, answer: MoveAnswer): SQL => sql`
  insert into wall_moves (restaurant_id, id, answer)
  values (${scope.restaurant.id}, ${id}::uuid, ${JSON.stringify(answer)}::text::jsonb)`

/** For a restaurant that refuses what stock can't cover: that is undone up to here, so that the answer can still be kept. */
function takeIngredients(
  tx: Db,
  scope: Bumper,
  orderId: string,
  now: Date,
  plan: TicketChange,
): Promise<TicketChange | OutOfStock> {
  return transact<TicketChange | OutOfStock>(tx, async (inner, refuse) => {
    const short = await consumeForOrder(inner, scope, moveOf(scope, orderId, now), linesOf(scope, orderId))
    if (short.length === 0) return plan
    throw refuse({ ok: false, reason: 'out_of_stock', status: 'pending', ingredients: short })
  })
}

const consumptionOf = (scope: Bumper, orderId: string, now: Date): SQL =>
  orderConsumption(scope, moveOf(scope, orderId, now), linesOf(scope, orderId))

const moveOf = ({ restaurant: { timeZone, dayCutoff } }: Bumper, orderId: string, now: Date) => ({
  orderId,
  businessDate: businessDate(now, timeZone, dayCutoff),
})

const linesOf = (scope: Bumper, orderId: string): SQL => sql`
  select menu_item_id, quantity from order_items
  where restaurant_id = ${scope.restaurant.id} and order_id = ${orderId}::uuid`
