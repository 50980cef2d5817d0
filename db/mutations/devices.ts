import { sql } from 'drizzle-orm'
import type { RestaurantScope } from '@/domain/scope'
import type { Db } from '../client'
import { recordAudit } from './audit'
import { lockDeviceNames } from './device-names'

type Scope = RestaurantScope<'devices:manage'>

type Unknown = { ok: false; reason: 'unknown_device' }

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

/** Gives a screen that is not revoked another name. To its own name is no change, and no error. */
export function renameDevice(
  db: Db,
  scope: Scope,
  { deviceId, name }: { deviceId: number; name: string },
): Promise<{ ok: true } | Unknown | { ok: false; reason: 'name_taken' }> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx) => {
    const names = await lockDeviceNames(tx, restaurantId)
    const before = [...names].find(([, id]) => id === deviceId)?.[0]
    if (before === undefined) return { ok: false, reason: 'unknown_device' }
    if (before === name) return { ok: true }
    if (names.has(name)) return { ok: false, reason: 'name_taken' }
    await tx.execute(sql`
      update devices set name = ${name} where restaurant_id = ${restaurantId} and id = ${deviceId}`)
    await audit(tx, scope, 'device.renamed', deviceId, { before: { name: before }, after: { name } })
    return { ok: true }
  })
}

/**
 * Ends a screen for good: its next request finds no device, and its stream is closed at the next heartbeat. One that is
 * revoked already stays so.
 */
export function revokeDevice(
  db: Db,
  scope: Scope,
  { deviceId }: { deviceId: number },
): Promise<{ ok: true } | Unknown> {
  const { id: restaurantId } = scope.restaurant
  return db.transaction(async (tx) => {
    const [revoked] = await tx.execute<{ name: string }>(sql`
      update devices set revoked_at = now()
      where restaurant_id = ${restaurantId} and id = ${deviceId} and revoked_at is null
      returning name`)
    if (revoked) {
      await audit(tx, scope, 'device.revoked', deviceId, { before: { name: revoked.name } })
      return { ok: true }
    }
    const known = await tx.execute(sql`
      select from devices where restaurant_id = ${restaurantId} and id = ${deviceId}`)
    return known.length > 0 ? { ok: true } : { ok: false, reason: 'unknown_device' }
  })
}

const audit = (
  tx: Db,
  { actor, restaurant }: Scope,
  action: string,
  deviceId: number,
  change: { before?: object; after?: object },
): Promise<void> =>
  recordAudit(tx, {
    userId: actor.userId,
    restaurantId: restaurant.id,
    action,
    subject: 'device',
    subjectId: String(deviceId),
    ...change,
  })
