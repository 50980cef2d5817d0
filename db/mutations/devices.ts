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
