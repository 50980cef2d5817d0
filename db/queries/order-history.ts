import { sql } from 'drizzle-orm'
import { validate as isUuid } from 'uuid'
import type { RestaurantScope } from '@/domain/scope'
import type { MovementKind, OrderEventKind, OrderStatus, Unit } from '@/domain/vocabulary'
import type { Unacknowledged } from '@/domain/wall'
import type { Db } from '../client'

export type OrderEvent = {
  seq: number
  n: number
  kind: OrderEventKind
  fromStatus: OrderStatus | null
  toStatus: OrderStatus
  /** Milliseconds since 1970. */
  at: number
  /** Both null: other software, or the restaurant's own rule. */
  person: string | null
  screen: string | null
  /** As the mutation wrote it; what it holds depends on the kind. */
  details: unknown
}

export type OrderBackground = {
  customer: { id: number; name: string; phone: string | null; email: string | null } | null
  unacknowledged: Unacknowledged | null
  /** The whole log of the order, in the order in which it happened. */
  events: OrderEvent[]
}

/** Whose an order is and everything that happened to it; null: no such order here. */
export async function listOrderEvents(
  db: Db,
  scope: RestaurantScope,
  id: string,
): Promise<OrderBackground | null> {
  if (!isUuid(id)) return null
  const { id: restaurantId } = scope.restaurant
  const [row] = await db.execute<OrderBackground>(sql`
    select o.unacknowledged,
      case when c.id is not null then json_build_object('id', c.id, 'name', c.name, 'phone', c.phone,
        'email', c.email) end as customer,
      (
        select coalesce(json_agg(json_build_object(
          'seq', e.seq, 'n', e.n, 'kind', e.kind, 'fromStatus', e.from_status, 'toStatus', e.to_status,
          'at', floor(extract(epoch from e.at) * 1000)::float8,
          'person', u.name, 'screen', d.name, 'details', e.details) order by e.seq, e.n), '[]')
        from order_events e
        left join users u on u.id = e.user_id
        left join devices d on d.restaurant_id = e.restaurant_id and d.id = e.device_id
        where e.restaurant_id = ${restaurantId} and e.order_id = o.id
      ) as events
    from orders o
    left join customers c on c.id = o.customer_id
    where o.restaurant_id = ${restaurantId} and o.id = ${id}::uuid`)
  return row ?? null
}

export type OrderMovement = {
  id: string
  ingredient: string
  unit: Unit
  kind: MovementKind
  /** Signed, a numeric string in the ingredient's unit. */
  quantity: string
  /** Milliseconds since 1970. */
  at: number
}

/** Most orders move a dozen ingredients, twice where they were cancelled. */
const MOST_MOVEMENTS = 500

/** What an order took from the stock and gave back, in the order in which it happened. */
export async function listOrderMovements(
  db: Db,
  scope: RestaurantScope<'stock:read'>,
  id: string,
): Promise<OrderMovement[]> {
  if (!isUuid(id)) return []
  return db.execute<OrderMovement>(sql`
    select s.id, i.name as ingredient, i.unit, s.kind, trim_scale(s.quantity) as quantity,
      floor(extract(epoch from s.created_at) * 1000)::float8 as at
    from stock_movements s
    join ingredients i on i.id = s.ingredient_id
    where s.restaurant_id = ${scope.restaurant.id} and s.order_id = ${id}::uuid
    order by s.created_at, i.name, s.kind, s.id
    limit ${MOST_MOVEMENTS}`)
}
