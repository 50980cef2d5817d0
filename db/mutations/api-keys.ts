import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { API_ALLOWANCE } from '@/domain/api'
import type { ChainScope, RestaurantScope, SystemScope } from '@/domain/scope'
import type { Db } from '../client'
import { hashApiKey } from '../queries/access'
import { actingUser, recordAudit } from './audit'

/** Two, so that software can change to a new key before the old one is revoked. */
const MOST_LIVE_KEYS = 2

/** The command line, or somebody who manages the chain. */
type Scope = SystemScope | ChainScope<'chain:manage'>

export type CreatedApiKey =
  /** The only time that the key is seen: its hash is all that is kept. */
  | { ok: true; key: string; restaurant: string }
  | { ok: false; reason: 'unknown_restaurant' }
  | { ok: false; reason: 'name_taken' }
  | { ok: false; reason: 'too_many_keys'; names: string[] }

/** A key with which other software places orders in one active restaurant. */
export function createApiKey(
  db: Db,
  scope: Scope,
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
    await audit(tx, scope, 'api_key.created', restaurant.id, name)
    return { ok: true, key, restaurant: restaurant.name }
  })
}

/** Ends a restaurant's live key by its name, at once. */
export function revokeApiKey(
  db: Db,
  scope: Scope,
  { slug, name }: { slug: string; name: string },
): Promise<{ ok: true } | { ok: false; reason: 'unknown_key' }> {
  return db.transaction(async (tx) => {
    const [revoked] = await tx.execute<{ restaurantId: number }>(sql`
      update api_keys k set revoked_at = now()
      from restaurants r
      where r.slug = ${slug} and k.restaurant_id = r.id and k.name = ${name} and k.revoked_at is null
      returning k.restaurant_id as "restaurantId"`)
    if (!revoked) return { ok: false, reason: 'unknown_key' }
    await audit(tx, scope, 'api_key.revoked', revoked.restaurantId, name)
    return { ok: true }
  })
}

/** What a key may do: `remaining` requests at once now, all `quota` again after `restoredIn` seconds. */
type Allowance = { remaining: number; restoredIn: number }

/** `retryAfter`: whole seconds until the key may send its next request. */
export type Admission = ({ ok: true } | { ok: false; retryAfter: number }) & Allowance

/**
 * Counts one request of a key against its allowance, the same for all processes, and remembers to the minute that the
 * key is in use. The allowance comes back evenly, one request every `windowSeconds / quota` (the generic cell rate
 * algorithm, ITU-T I.371), so that one row says all: the time at which it will be whole again. One statement, in no
 * transaction: requests of a key that come at once wait for each other's commit only, and never for an order's.
 */
export async function admitApiRequest(
  db: Db,
  scope: RestaurantScope<'orders:place'>,
  key: string,
): Promise<Admission> {
  const { id: restaurantId } = scope.restaurant
  const keyHash = hashApiKey(key)
  const { quota, windowSeconds } = API_ALLOWANCE
  const step = windowSeconds / quota
  const [row] = await db.execute<{ admitted: boolean; used: number }>(sql`
    with counted as (
      insert into api_rates as r (restaurant_id, key_hash, restored_at)
      values (${restaurantId}, ${keyHash}, clock_timestamp() + make_interval(secs => ${step}))
      on conflict (restaurant_id, key_hash) do update
        set restored_at = greatest(r.restored_at, clock_timestamp()) + make_interval(secs => ${step})
        where r.restored_at <= clock_timestamp() + make_interval(secs => ${windowSeconds - step})
      returning restored_at
    ), touched as (
      update api_keys set last_used_at = now()
      where restaurant_id = ${restaurantId} and key_hash = ${keyHash}
        and (last_used_at is null or last_used_at < now() - interval '1 minute')
    ), standing as (
      select restored_at, true as admitted from counted
      union all
      -- Refused: the row as it was when this statement began, which may be a few requests behind.
      select restored_at, false from api_rates
      where restaurant_id = ${restaurantId} and key_hash = ${keyHash} and not exists (select from counted)
    )
    select admitted, greatest(0, extract(epoch from restored_at - clock_timestamp()))::float8 as used from standing`)
  if (!row) return { ok: false, retryAfter: 1, remaining: 0, restoredIn: windowSeconds }
  const restoredIn = Math.ceil(row.used)
  if (row.admitted) {
    return { ok: true, remaining: Math.max(0, Math.floor((windowSeconds - row.used) / step)), restoredIn }
  }
  return {
    ok: false,
    retryAfter: Math.max(1, Math.ceil(row.used + step - windowSeconds)),
    remaining: 0,
    restoredIn,
  }
}

/** The restaurant's row is what two people who make keys at once wait for, so that neither makes a third. */
async function lockRestaurant(tx: Db, slug: string): Promise<{ id: number; name: string } | undefined> {
  const [restaurant] = await tx.execute<{ id: number; name: string }>(sql`
    select id, name from restaurants where slug = ${slug} and is_active for no key update`)
  return restaurant
}

function audit(
  tx: Db,
  scope: Scope,
  action: 'api_key.created' | 'api_key.revoked',
  restaurantId: number,
  name: string,
): Promise<void> {
  const change = action === 'api_key.created' ? { after: { name } } : { before: { name } }
  const userId = actingUser(scope)
  return recordAudit(tx, { userId, restaurantId, action, subject: 'api_key', subjectId: name, ...change })
}
