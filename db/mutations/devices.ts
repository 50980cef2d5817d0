import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'

/** Remembers that a paired screen is there, to the minute: of many requests that come at once, one writes. */
export async function touchDevice(
  db: Db,
  { restaurant, actor }: RestaurantScope<'tickets:bump'>,
): Promise<void> {
  await db.execute(sql`
    update devices set last_seen_at = now()
    where restaurant_id = ${restaurant.id} and id = ${actor.deviceId}
      and (last_seen_at is null or last_seen_at <= now() - interval '1 minute')`)
}

/** The same for screens that are connected and ask for nothing: one statement for all of them. */
export async function touchDevices(
  db: Db,
  scopes: readonly RestaurantScope<'tickets:bump'>[],
): Promise<void> {
  const devices = scopes.map(({ restaurant, actor }) => ({
    restaurant: restaurant.id,
    device: actor.deviceId,
  }))
  // Another process may be noting the same screens in another order; what it holds, it has noted.
  await db.execute(sql`
    update devices set last_seen_at = now()
    where (restaurant_id, id) in (
      select d.restaurant_id, d.id
      from json_to_recordset(${JSON.stringify(devices)}::text::json) as c (restaurant int, device int)
      join devices d on d.restaurant_id = c.restaurant and d.id = c.device
      where d.last_seen_at is null or d.last_seen_at <= now() - interval '1 minute'
      for update of d skip locked
    )`)
}
