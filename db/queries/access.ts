import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import type { GuestScope, Person, RestaurantScope, RestaurantSettings, SystemScope } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'

/** A person whose session is good. `touchIsDue`: the session was last extended more than ten minutes ago. */
export type SignedInPerson = Person & { readonly touchIsDue: boolean }

/** `RestaurantSettings` of the restaurant aliased `r`. As columns: of 500 rows PostgreSQL makes JSON several times as slowly. */
const settings = sql`r.id, r.slug, r.name, r.time_zone as "timeZone", left(r.day_cutoff::text, 5) as "dayCutoff",
  r.stock_policy as "stockPolicy", r.auto_confirm as "autoConfirm", r.amber_minutes as "amberMinutes",
  r.red_minutes as "redMinutes"`

type PersonRow = {
  userId: number
  personName: string
  email: string
  role: Role
  touchIsDue: boolean
} & (RestaurantSettings | { [K in keyof RestaurantSettings]: null })

/** The active restaurants `r` that the person `u` may see. */
const ownRestaurants = sql`left join lateral (
      select r.* from restaurants r where u.role = 'admin'
      union all
      select r.* from memberships m join restaurants r on r.id = m.restaurant_id
      where m.user_id = u.id and u.role <> 'admin'
    ) r on r.is_active`

/**
 * Who stands behind a session token, with the active restaurants that they may see, by name; null when the token is
 * unknown, its session has ended, lay idle for 12 hours or is 7 days old, or the person was deactivated.
 * The only place where a request gets a `Person`. `expires_at` is moved on by `touchSession` alone, so the two other
 * limits hold whatever wrote it.
 */
export async function findPerson(db: Db, token: string): Promise<SignedInPerson | null> {
  const rows = await db.execute<PersonRow>(sql`
    select u.id as "userId", u.name as "personName", u.email, u.role,
      s.updated_at < now() - interval '10 minutes' as "touchIsDue", ${settings}
    from sessions s
    join users u on u.id = s.user_id
    ${ownRestaurants}
    where s.token = ${token} and u.is_active
      and s.expires_at > now()
      and s.updated_at > now() - interval '12 hours'
      and s.created_at > now() - interval '7 days'
    order by r.name, r.id`)
  return personIn(rows)
}

/**
 * As whom the operator of the machine looks at the database: the active person of an email, or without one the first
 * active admin; null when there is none.
 */
export async function findPersonForOperator(
  db: Db,
  _scope: SystemScope,
  { email }: { email: string | null },
): Promise<Person | null> {
  const rows = await db.execute<PersonRow>(sql`
    select u.id as "userId", u.name as "personName", u.email, u.role, false as "touchIsDue", ${settings}
    from (
      select * from users
      where is_active and ${email === null ? sql`role = 'admin'` : sql`email = lower(${email})`}
      order by id limit 1
    ) u
    ${ownRestaurants}
    order by r.name, r.id`)
  return personIn(rows)
}

function personIn(rows: readonly PersonRow[]): SignedInPerson | null {
  const [first] = rows
  if (!first) return null
  const { userId, personName, email, role, touchIsDue } = first
  const restaurants = rows.flatMap(settingsIn)
  return { userId, name: personName, email, role, touchIsDue, restaurants } as unknown as SignedInPerson
}

function settingsIn(row: PersonRow): RestaurantSettings[] {
  const { userId, personName, email, role, touchIsDue, ...restaurant } = row
  return restaurant.id === null ? [] : [restaurant as RestaurantSettings]
}

const API_KEY_FORM = /^brg_(\d{1,9})_[A-Za-z0-9_-]{43}$/

/** What is kept of an API key: SHA-256 in hex. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex')

/**
 * The restaurant that an API key (`brg_<restaurant id>_<secret>`) may place orders in; null when the key is malformed,
 * unknown or revoked, or its restaurant is not active.
 */
export async function findApiScope(db: Db, key: string): Promise<RestaurantScope<'orders:place'> | null> {
  const restaurantId = API_KEY_FORM.exec(key)?.[1]
  if (!restaurantId) return null
  const [restaurant] = await db.execute<RestaurantSettings>(sql`
    select ${settings}
    from api_keys k
    join restaurants r on r.id = k.restaurant_id
    where k.restaurant_id = ${Number(restaurantId)} and k.key_hash = ${hashApiKey(key)}
      and k.revoked_at is null and r.is_active`)
  return restaurant
    ? ({ restaurant, actor: { userId: null, deviceId: null } } as RestaurantScope<'orders:place'>)
    : null
}

/** What a paired screen may do: what its restaurant's wall needs and nothing else. */
export type DeviceScope = RestaurantScope<'tickets:bump'>

/** A device that is not revoked. `touchIsDue`: it was last noted as seen a minute ago or more. */
export type PairedDevice = DeviceScope & { readonly touchIsDue: boolean }

const DEVICE_COOKIE_FORM = /^(\d{1,9})\.(\d{1,9})\.([A-Za-z0-9_-]{43})$/

/** What is kept of a screen's secret: SHA-256 in hex. It has 256 random bits, so no slow hash is needed. */
export const hashDeviceSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** What a screen keeps once it is paired: where to find its row, and the secret that proves it. */
export const deviceCookie = (device: { restaurantId: number; deviceId: number; secret: string }): string =>
  `${device.restaurantId}.${device.deviceId}.${device.secret}`

/**
 * The restaurant whose wall a device's cookie opens; null when the cookie is malformed or made up, the device is
 * revoked or its restaurant not active. The only place where a device gets its scope: it acts as the restaurant's
 * screen, never as the person who approved it.
 */
export async function findDeviceScope(db: Db, cookie: string): Promise<PairedDevice | null> {
  const [, restaurantId, deviceId, secret = ''] = DEVICE_COOKIE_FORM.exec(cookie) ?? []
  if (!restaurantId) return null
  const [row] = await db.execute<RestaurantSettings & { deviceId: number; touchIsDue: boolean }>(sql`
    select d.id as "deviceId",
      d.last_seen_at is null or d.last_seen_at <= now() - interval '1 minute' as "touchIsDue", ${settings}
    from devices d
    join restaurants r on r.id = d.restaurant_id
    where d.restaurant_id = ${Number(restaurantId)} and d.id = ${Number(deviceId)}
      and d.secret_hash = ${hashDeviceSecret(secret)} and d.revoked_at is null and r.is_active`)
  if (!row) return null
  const { deviceId: id, touchIsDue, ...restaurant } = row
  return { restaurant, actor: { userId: null, deviceId: id }, touchIsDue } as unknown as PairedDevice
}

/** The active restaurant of a slug, for anybody at its tables; null when there is none. */
export async function findGuestScope(db: Db, slug: string): Promise<GuestScope | null> {
  if (slug.includes('\0')) return null
  const [restaurant] = await db.execute<RestaurantSettings>(
    sql`select ${settings} from restaurants r where r.slug = ${slug} and r.is_active`,
  )
  return restaurant ? ({ restaurant } as GuestScope) : null
}

/** What a slug can look like (constraint `restaurants_slug_form`): anything else needs no look-up. */
const SLUG = /^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/

/** The slug that the active restaurant has now which once had this one; null when there is none. */
export async function findPresentSlug(db: Db, former: string): Promise<string | null> {
  if (!SLUG.test(former)) return null
  const [found] = await db.execute<{ slug: string }>(sql`
    select r.slug from former_slugs f join restaurants r on r.id = f.restaurant_id
    where f.slug = ${former} and r.is_active and r.slug <> f.slug`)
  return found?.slug ?? null
}

/** Under which name the `verifications` table knows a one-time link. The link's token itself is not kept. */
export const passwordLinkIdentifier = (token: string): string =>
  `set-password:${createHash('sha256').update(token).digest('hex')}`

/** Whose password a one-time link may still set; null when it is unknown, used or older than 24 hours. */
export async function findPasswordLink(
  db: Db,
  token: string,
): Promise<{ name: string; email: string } | null> {
  const [row] = await db.execute<{ name: string; email: string }>(sql`
    select u.name, u.email
    from verifications v
    join users u on u.id = v.value::int
    where v.identifier = ${passwordLinkIdentifier(token)} and v.expires_at > now() and u.is_active`)
  return row ?? null
}

/** Whether a person who knows their password gets a session: not once they were deactivated. */
export async function mayBeginSession(db: Db, userId: number): Promise<boolean> {
  const [row] = await db.execute(sql`select 1 from users where id = ${userId} and is_active`)
  return row !== undefined
}
