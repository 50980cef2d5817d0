import { randomBytes, scryptSync } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { deviceCookie, findPerson, hashDeviceSecret } from '@/db/queries/access'
import { type ChainScope, chainScope } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'

/** A restaurant with plain settings; its name is its slug. */
export async function addRestaurant(db: Db, slug: string, { isActive = true } = {}): Promise<number> {
  return idOf(
    db.execute<{ id: number }>(sql`
      insert into restaurants (name, slug, address, phone, is_active, opening_time, closing_time, time_zone)
      values (${slug}, ${slug}, 'Street 1', '123', ${isActive}, '11:00', '23:00', 'Europe/Berlin') returning id`),
  )
}

type NewUser = {
  role: Role
  email?: string
  isActive?: boolean
  restaurants?: number[]
  passwordHash?: string
}

export async function addUser(db: Db, user: NewUser): Promise<number> {
  const email = user.email ?? `${randomBytes(6).toString('hex')}@example.com`
  const id = await idOf(
    db.execute<{ id: number }>(sql`
      insert into users (name, email, role, is_active)
      values ('Somebody', ${email}, ${user.role}, ${user.isActive ?? true}) returning id`),
  )
  for (const restaurantId of user.restaurants ?? []) {
    await db.execute(sql`insert into memberships (restaurant_id, user_id) values (${restaurantId}, ${id})`)
  }
  if (user.passwordHash) {
    await db.execute(sql`
      insert into accounts (user_id, account_id, provider_id, password)
      values (${id}, ${String(id)}, 'credential', ${user.passwordHash})`)
  }
  return id
}

/** PostgreSQL intervals from now: a session begun, last touched and ending then. */
type Times = { begun?: string; touched?: string; ends?: string }

/** A session; returns its token. */
export async function addSession(db: Db, userId: number, times: Times = {}): Promise<string> {
  const token = randomBytes(16).toString('hex')
  const { begun = '0s', touched = '0s', ends = '12 hours' } = times
  await db.execute(sql`
    insert into sessions (user_id, token, created_at, updated_at, expires_at)
    values (${userId}, ${token}, now() + ${begun}::interval, now() + ${touched}::interval, now() + ${ends}::interval)`)
  return token
}

/** What an admin who is in the database may do now, with all restaurants that are active now. */
export async function adminScope(db: Db, userId: number): Promise<ChainScope<'chain:manage'>> {
  const person = await findPerson(db, await addSession(db, userId))
  const scope = person && chainScope(person, 'chain:manage')
  if (!scope) throw new Error('Only an active admin manages the chain.')
  return scope
}

/** A paired screen, last seen so long from now or never; returns its id and its cookie. */
export async function addDevice(
  db: Db,
  restaurantId: number,
  approvedBy: number,
  { name = 'Grill', seen = null as string | null } = {},
): Promise<{ deviceId: number; cookie: string }> {
  const secret = randomBytes(32).toString('base64url')
  const deviceId = await idOf(
    db.execute<{ id: number }>(sql`
      insert into devices (restaurant_id, name, secret_hash, approved_by, last_seen_at)
      values (${restaurantId}, ${name}, ${hashDeviceSecret(secret)}, ${approvedBy}, now() + ${seen}::interval)
      returning id`),
  )
  return { deviceId, cookie: deviceCookie({ restaurantId, deviceId, secret }) }
}

async function idOf(inserted: PromiseLike<{ id: number }[]>): Promise<number> {
  const [row] = await inserted
  if (!row) throw new Error('The insert returned no id.')
  return row.id
}

/** A password's hash as db/password.ts stores it, at a sixty-fourth of the cost. */
export function cheapHash(password: string): string {
  const salt = randomBytes(16)
  const key = scryptSync(password, salt, 32, { N: 2 ** 11, r: 8, p: 1 })
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$scrypt$ln=11,r=8,p=1$${text(salt)}$${text(key)}`
}
