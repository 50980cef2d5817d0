import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'

/** Who watches a restaurant over a connection that stays open: a session of a person, or a paired screen. */
export type Viewer = {
  scope: RestaurantScope<'tickets:bump'>
  /** Null for a screen. */
  sessionToken: string | null
}

/**
 * Which of these may not watch any more: the session ended or its person was deactivated or left the restaurant, the
 * screen was revoked, the restaurant was closed. A connection that stays open is asked nothing else again.
 */
export async function findEndedViewers<V extends Viewer>(db: Db, viewers: readonly V[]): Promise<V[]> {
  const asked = viewers.map(({ scope: { restaurant, actor }, sessionToken }, index) => ({
    index,
    restaurant: restaurant.id,
    token: sessionToken,
    device: actor.deviceId,
  }))
  const rows = await db.execute<{ index: number }>(sql`
    select v.index
    from json_to_recordset(${JSON.stringify(asked)}::text::json)
      as v (index int, restaurant int, token text, device int)
    where not exists (
      select from restaurants r where r.id = v.restaurant and r.is_active
    ) or case when v.token is null then not exists (
      select from devices d where d.restaurant_id = v.restaurant and d.id = v.device and d.revoked_at is null
    ) else not exists (
      select from sessions s
      join users u on u.id = s.user_id and u.is_active
      where s.token = v.token and s.expires_at > now()
        and s.updated_at > now() - interval '12 hours' and s.created_at > now() - interval '7 days'
        and (u.role = 'admin' or exists (
          select from memberships m where m.user_id = u.id and m.restaurant_id = v.restaurant
        ))
    ) end`)
  return rows.flatMap(({ index }) => viewers[index] ?? [])
}
