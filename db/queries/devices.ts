import { sql } from 'drizzle-orm'
import type { ChainScope, RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { milliseconds } from '../fragments/milliseconds'

/** What has become of the code that a screen shows. */
export type Pairing =
  | { state: 'waiting'; code: string; secondsLeft: number }
  /** To be kept by the screen as its cookie. */
  | { state: 'approved'; restaurantId: number; deviceId: number; slug: string }

/**
 * The pairing that a screen began, by the hash of its secret; null once its code ran out, or when the device that it
 * became is revoked again. The secret is the proof: there is no scope yet.
 */
export async function findPairing(db: Db, secretHash: string): Promise<Pairing | null> {
  const [row] = await db.execute<{
    code: string
    secondsLeft: number
    isApproved: boolean
    restaurantId: number | null
    deviceId: number | null
    slug: string | null
  }>(sql`
    select p.code, ceil(extract(epoch from p.expires_at - now()))::int as "secondsLeft",
      p.device_id is not null as "isApproved", d.restaurant_id as "restaurantId", d.id as "deviceId", r.slug
    from device_pairings p
    left join devices d on d.restaurant_id = p.restaurant_id and d.id = p.device_id and d.revoked_at is null
    left join restaurants r on r.id = d.restaurant_id and r.is_active
    where p.secret_hash = ${secretHash} and p.expires_at > now()`)
  if (!row) return null
  const { code, secondsLeft, isApproved, restaurantId, deviceId, slug } = row
  if (!isApproved) return { state: 'waiting', code, secondsLeft }
  return restaurantId && deviceId && slug ? { state: 'approved', restaurantId, deviceId, slug } : null
}

/** A paired screen, as its managers see it; instants in milliseconds since 1970. */
export type Device = {
  id: number
  name: string
  restaurantSlug: string
  restaurantName: string
  approvedBy: string
  approvedAt: number
  /** Null until it first showed its wall. */
  lastSeenAt: number | null
  /** Seen within two minutes: it is noted at most once a minute. */
  isLive: boolean
  revokedAt: number | null
}

const columns = sql`d.id, d.name, r.slug as "restaurantSlug", r.name as "restaurantName", u.name as "approvedBy",
  ${milliseconds(sql`d.created_at`)} as "approvedAt", ${milliseconds(sql`d.last_seen_at`)} as "lastSeenAt",
  d.revoked_at is null and coalesce(d.last_seen_at > now() - interval '2 minutes', false) as "isLive",
  ${milliseconds(sql`d.revoked_at`)} as "revokedAt"`

const tables = sql`devices d join restaurants r on r.id = d.restaurant_id join users u on u.id = d.approved_by`

/**
 * The screens of the restaurants in scope, by restaurant and name: those in use, then those revoked in the last 30 days.
 * `total` counts them all, also beyond the limit.
 */
export async function listDevices(
  db: Db,
  scope: ChainScope<'devices:manage'> | RestaurantScope<'devices:manage'>,
  { limit }: { limit: number },
): Promise<{ devices: Device[]; total: number }> {
  const restaurantIds = 'restaurantIds' in scope ? scope.restaurantIds : [scope.restaurant.id]
  const rows = await db.execute<Device & { total: number }>(sql`
    select ${columns}, count(*) over ()::int as total
    from ${tables}
    where d.restaurant_id = any(${sql.param(restaurantIds)}::int[])
      and (d.revoked_at is null or d.revoked_at > now() - interval '30 days')
    order by d.revoked_at is not null, r.name, d.name, d.restaurant_id, d.id
    limit ${limit}`)
  return { devices: rows.map(({ total, ...device }) => device), total: rows[0]?.total ?? 0 }
}

/** One screen of this restaurant, or null when it has none of this id. */
export async function getDevice(
  db: Db,
  { restaurant }: RestaurantScope<'devices:manage'>,
  deviceId: number,
): Promise<Device | null> {
  const [device] = await db.execute<Device>(sql`
    select ${columns} from ${tables} where d.restaurant_id = ${restaurant.id} and d.id = ${deviceId}`)
  return device ?? null
}
