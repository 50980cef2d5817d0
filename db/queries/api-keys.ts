import { sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'

/** A key of other software, as those who manage the chain see it; instants in milliseconds since 1970. */
export type ApiKeyRow = {
  name: string
  restaurantSlug: string
  restaurantName: string
  createdAt: number
  /** To the minute; null until its first request. */
  lastUsedAt: number | null
  revokedAt: number | null
}

/**
 * The keys of the active restaurants or of one of them, by restaurant and name: those that work, then those revoked in
 * the last 90 days. `total` counts them all, also beyond the limit. A restaurant has two that work at most.
 */
export async function listApiKeys(
  db: Db,
  scope: ChainScope<'chain:manage'>,
  { restaurantId, limit }: { restaurantId: number | null; limit: number },
): Promise<{ keys: ApiKeyRow[]; total: number }> {
  const restaurantIds =
    restaurantId === null ? scope.restaurantIds : scope.restaurantIds.filter((id) => id === restaurantId)
  const rows = await db.execute<ApiKeyRow & { total: number }>(sql`
    select k.name, r.slug as "restaurantSlug", r.name as "restaurantName",
      ${milliseconds(sql`k.created_at`)} as "createdAt", ${milliseconds(sql`k.last_used_at`)} as "lastUsedAt",
      ${milliseconds(sql`k.revoked_at`)} as "revokedAt", count(*) over ()::int as total
    from api_keys k
    join restaurants r on r.id = k.restaurant_id
    where k.restaurant_id = any(${sql.param(restaurantIds)}::int[])
      and (k.revoked_at is null or k.revoked_at > now() - interval '90 days')
    order by k.revoked_at is not null, r.name, k.name, k.created_at, k.restaurant_id, k.key_hash
    limit ${limit}`)
  return { keys: rows.map(({ total, ...key }) => key), total: rows[0]?.total ?? 0 }
}
