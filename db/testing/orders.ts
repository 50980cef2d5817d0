import { randomUUID } from 'node:crypto'
import { applyMove, type MoveAnswer } from '@/db/mutations/wall-moves'
import { orderInput } from '@/domain/order-input'
import { wallMove } from '@/domain/wall'
import type { Db } from '../client'
import { type PlacedOrder, placeOrder } from '../mutations/order-placement'
import type { KitchenScope } from './kitchen'

/** Places an order of so many portions of dishes by id. */
export function order(
  db: Db,
  scope: KitchenScope,
  dishes: readonly (readonly [menuItemId: number, quantity: number])[],
  key: string = randomUUID(),
): Promise<PlacedOrder> {
  const lines = dishes.map(([menuItemId, quantity]) => ({ menuItemId, quantity }))
  return placeOrder(db, scope, orderInput.parse({ channel: 'dine_in', lines }), { idempotencyKey: key })
}

/** The same for orders that nothing can stand in the way of. Returns the id. */
export async function ticket(
  db: Db,
  scope: KitchenScope,
  ...dishes: Parameters<typeof order>[2]
): Promise<string> {
  const placed = await order(db, scope, dishes)
  if (!placed.ok) throw new Error(placed.reason)
  return placed.orderId
}

/** Presses on a wall, under an id of its own unless one is given. */
export const press = (
  db: Db,
  scope: KitchenScope,
  move: object,
  id: string = randomUUID(),
): Promise<MoveAnswer> => applyMove(db, scope, { id, move: wallMove.parse(move) })
