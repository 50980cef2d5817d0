import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { RestaurantScope, SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { hashApiKey } from '../queries/access'
import { recordAudit } from './audit'

/** Two, so that software can change to a new key before the old one is revoked. */
const MOST_LIVE_KEYS = 2

export type CreatedApiKey =
  /** The only time that the key is seen: its hash is all that is kept. */
  | { ok: true; key: string; restaurant: string }
  | { ok: false; reason: 'unknown_restaurant' }
  | { ok: false; reason: 'name_taken' }
  | { ok: false; reason: 'too_many_keys'; names: string[] }

/** A key with which other software places orders in one active restaurant. */
export function createApiKey(
  db: Db,
  _scope: SystemScope,
  { slug, name }: { slug: string; name: string },
): Promise<CreatedApiKey> {
  return db.transaction(async (tx): Promise<CreatedApiKey> => {
    const restaurant = await lockRestaurant(tx, slug)
    if (!restaurant) return { ok: false, reason: 'unknown_restaurant' }
    const live = await tx.execute<{ name: string }>(sql`
      select name from api_keys where restaurant_id = ${restaurant.id} and revoked_at is null order by created_at, name`)
    if (live.some((key) => key.name === name)) return { ok: false, reason: 'name_taken' }
    if (live.length >= MOST_LIVE_KEYS) {
      return { ok: false, reason: 'too_many_keys', names: live.map((key) => key.name) }
    }
    const key = `brg_${restaurant.id}_${randomBytes(32).toString('base64url')}`
    await tx.execute(sql`
      insert into api_keys (restaurant_id, key_hash, name) values (${restaurant.id}, ${hashApiKey(key)}, ${name})`)
    await audit(tx, 'api_key.created', restaurant.id, name)
    return { ok: true, key, restaurant: restaurant.name }
  })
}

/** Ends a restaurant's live key by its name, at once. */
export function revokeApiKey(
  db: Db,
  _scope: SystemScope,
  { slug, name }: { slug: string; name: string },
): Promise<{ ok: true } | { ok: false; reason: 'unknown_key' }> {
  return db.transaction(async (tx) => {
    const [revoked] = await tx.execute<{ restaurantId: number }>(sql`
      update api_keys k set revoked_at = now()
      from restaurants r
      where r.slug = ${slug} and k.restaurant_id = r.id and k.name = ${name} and k.revoked_at is null
      returning k.restaurant_id as "restaurantId"`)
    if (!revoked) return { ok: false, reason: 'unknown_key' }
    await audit(tx, 'api_key.revoked', revoked.restaurantId, name)
    return { ok: true }
  })
}

/** Remembers that a key is in use, to the minute: of many requests that come at once, one writes. */
export async function touchApiKey(
  db: Db,
  scope: RestaurantScope<'orders:place'>,
  key: string,
): Promise<void> {
  await db.execute(sql`
    update api_keys set last_used_at = now()
    where restaurant_id = ${scope.restaurant.id} and key_hash = ${hashApiKey(key)}
      and (last_used_at is null or last_used_at < now() - interval '1 minute')`)
}

/** The restaurant's row is what two people who make keys at once wait for, so that neither makes a third. */
async function lockRestaurant(tx: Db, slug: string): Promise<{ id: number; name: string } | undefined> {
  const [restaurant] = await tx.execute<{ id: number; name: string }>(sql`
    select id, name from restaurants where slug = ${slug} and is_active for no key update`)
  return restaurant
}

const audit = (tx: Db, action: string, restaurantId: number, name: string): Promise<void> =>
  recordAudit(tx, { userId: null, restaurantId, action, subject: 'api_key', subjectId: name })
