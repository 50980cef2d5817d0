import { sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { OrderStatus } from '@/domain/vocabulary'
import type { Db } from '../client'
import { isOpen } from '../fragments/open-orders'

export type KitchenDay = {
  /** Orders of the business date by status. */
  counts: Record<OrderStatus, number>
  /** Cents: confirmed and not cancelled. */
  revenue: number
  /** Ticket time, `ready_at − confirmed_at`, in seconds; null until the day's first ticket is ready. */
  averagePrepSeconds: number | null
  medianPrepSeconds: number | null
  /** By units ordered, cancelled orders left out; at most ten, equal units by name. */
  topDishes: { menuItemId: number; name: string; units: number }[]
}

type DayRow = Record<OrderStatus, number> & {
  revenue: string
  averagePrepSeconds: number | null
  medianPrepSeconds: number | null
  topDishes: KitchenDay['topDishes']
}

/** One restaurant's business day in figures, all from one pass over the day's orders. */
export async function getKitchenDay(
  db: Db,
  scope: RestaurantScope,
  businessDate: string,
): Promise<KitchenDay> {
  const [row] = await db.execute<DayRow>(sql`
    with today as (
      select id, status, total, confirmed_at, extract(epoch from ready_at - confirmed_at)::float8 as prep
      from orders
      where restaurant_id = ${scope.restaurant.id} and business_date = ${businessDate}
    ), dishes as (
      select i.menu_item_id as "menuItemId", max(i.name) as name, sum(i.quantity)::int as units
      from today
      join order_items i on i.restaurant_id = ${scope.restaurant.id} and i.order_id = today.id
      where today.status <> 'cancelled'
      group by i.menu_item_id
      order by units desc, name, i.menu_item_id
      limit 10
    )
    select
      count(*) filter (where status = 'pending')::int as pending,
      count(*) filter (where status = 'confirmed')::int as confirmed,
      count(*) filter (where status = 'preparing')::int as preparing,
      count(*) filter (where status = 'ready')::int as ready,
      count(*) filter (where status = 'delivered')::int as delivered,
      count(*) filter (where status = 'cancelled')::int as cancelled,
      coalesce(sum(total) filter (where confirmed_at is not null and status <> 'cancelled'), 0) as revenue,
      avg(prep) as "averagePrepSeconds",
      percentile_cont(0.5) within group (order by prep) as "medianPrepSeconds",
      (select coalesce(json_agg(dishes order by units desc, name, "menuItemId"), '[]') from dishes) as "topDishes"
    from today`)
  if (!row) throw new Error('An aggregate without GROUP BY returned no row.')
  const { revenue, averagePrepSeconds, medianPrepSeconds, topDishes, ...counts } = row
  return { counts, revenue: Number(revenue), averagePrepSeconds, medianPrepSeconds, topDishes }
}

/**
 * Open tickets by restaurant over the scope, with the moment the oldest was placed (milliseconds since 1970).
 * Restaurants without an open ticket are left out.
 */
export async function countOpenTickets(
  db: Db,
  scope: ChainScope,
): Promise<{ restaurantId: number; open: number; oldestCreatedAt: number }[]> {
  const rows = await db.execute<{ restaurantId: number; open: number; oldestCreatedAt: number }>(sql`
    select restaurant_id as "restaurantId", count(*)::int as open,
      floor(extract(epoch from min(created_at)) * 1000)::float8 as "oldestCreatedAt"
    from orders o
    where restaurant_id = any(${sql.param(scope.restaurantIds)}::int[]) and ${isOpen}
    group by restaurant_id
    order by restaurant_id`)
  return [...rows]
}
