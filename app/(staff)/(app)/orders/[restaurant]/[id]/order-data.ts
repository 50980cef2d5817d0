import type { Db } from '@/db/client'
import { type DishToOrder, listDishesToOrder } from '@/db/queries/order-entry'
import {
  listOrderEvents,
  listOrderMovements,
  type OrderBackground,
  type OrderMovement,
} from '@/db/queries/order-history'
import { getOrder } from '@/db/queries/orders'
import type { OrderDetails } from '@/domain/api'
import { canChange } from '@/domain/order'
import type { RestaurantScope } from '@/domain/scope'

export type OrderData = {
  order: OrderDetails
  background: OrderBackground
  /** Null for whoever may not see the stock. */
  movements: OrderMovement[] | null
  /** What can be added; empty where nothing can be any more. */
  dishes: DishToOrder[]
}

/** Everything about one order; null: there is none of that id here. */
export async function loadOrder(
  db: Db,
  scope: RestaurantScope<'orders:place'>,
  id: string,
  stock: RestaurantScope<'stock:read'> | null,
): Promise<OrderData | null> {
  const [order, background, movements] = await Promise.all([
    getOrder(db, scope, id),
    listOrderEvents(db, scope, id),
    stock && listOrderMovements(db, stock, id),
  ])
  if (!order || !background) return null
  const dishes = canChange(order.status) ? await listDishesToOrder(db, scope) : []
  return { order, background, movements, dishes }
}
