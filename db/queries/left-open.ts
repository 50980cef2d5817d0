import { sql } from 'drizzle-orm'
import type { BusinessDate } from '@/domain/business-day'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Channel, OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { isOpen } from '../fragments/open-orders'

export type LeftOpen = {
  id: string
  callNumber: number
  /** Of a day that is over. */
  businessDate: BusinessDate
  status: OrderStatus
  channel: Channel
  placeOrName: string
  /** Cents. */
  total: number
  /** Milliseconds since 1970. */
  createdAt: number
  /** The first three dishes with their portions, `2 Risotto`. */
  dishes: string[]
}

/** Tickets of days before today's that nobody handed over or cancelled, the oldest first, at most `limit`. */
export async function listLeftOpen(
  db: Db,
  scope: RestaurantScope,
  { today, limit }: { today: BusinessDate; limit: number },
): Promise<LeftOpen[]> {
  return db.execute<LeftOpen>(sql`
    select o.id, o.call_number as "callNumber", o.business_date::text as "businessDate", o.status, o.channel,
      o.place_or_name as "placeOrName", o.total, floor(extract(epoch from o.created_at) * 1000)::float8 as "createdAt",
      l.dishes
    from orders o
    cross join lateral (
      select coalesce((array_agg(i.quantity || ' ' || i.name order by i.line))[:3], '{}') as dishes
      from order_items i where i.restaurant_id = o.restaurant_id and i.order_id = o.id
    ) l
    where o.restaurant_id = ${scope.restaurant.id} and ${isOpen} and o.business_date < ${today}::date
    order by o.id limit ${limit}::int`)
}

/** How many of these there are by restaurant; those without are left out. `days`: today's date in each. */
export async function countLeftOpen(
  db: Db,
  scope: ChainScope,
  { days }: { days: readonly { restaurantId: number; businessDate: BusinessDate }[] },
): Promise<{ restaurantId: number; tickets: number }[]> {
  const asked = days.filter(({ restaurantId }) => scope.restaurantIds.includes(restaurantId))
  return db.execute<{ restaurantId: number; tickets: number }>(sql`
    select o.restaurant_id as "restaurantId", count(*)::int as tickets
    from json_to_recordset(${JSON.stringify(asked)}::text::json) as d ("restaurantId" int, "businessDate" date)
    join orders o on o.restaurant_id = d."restaurantId" and o.business_date < d."businessDate" and ${isOpen}
    group by o.restaurant_id
    order by o.restaurant_id`)
}
