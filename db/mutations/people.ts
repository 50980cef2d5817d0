import { sql } from 'drizzle-orm'
import type { PersonDocument } from '@/domain/person'
import { sameValue } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import type { Db } from '../client'
import { recordAudit } from './audit'
import { endPasswordLinks, renewPasswordLink } from './password-links'
import { transact } from './transact'

type Scope = ChainScope<'chain:manage'>

/** A person as the audit log keeps them. */
type PersonState = { name: string; email: string; role: Role; active: boolean; restaurants: string[] }

type Unknown = { ok: false; reason: 'unknown_person' }
type UnknownRestaurant = { ok: false; reason: 'unknown_restaurant' }
/** Nobody may lock themselves out, nor the chain. */
type Locked = { ok: false; reason: 'own_account' } | { ok: false; reason: 'last_admin' }

const UNKNOWN: Unknown = { ok: false, reason: 'unknown_person' }

export type CreatedPerson =
  /** `token` of the one-time link with which they set a password; never seen again. */
  | { ok: true; userId: number; token: string }
  | { ok: false; reason: 'email_taken'; userId: number }
  | UnknownRestaurant

/**
 * Adds a person, who gets in by a one-time link.
 * @param input `email` in lower case
 */
export function createPerson(
  db: Db,
  scope: Scope,
  { email, ...input }: PersonDocument & { email: string },
): Promise<CreatedPerson> {
  return transact<CreatedPerson>(db, async (tx, refuse) => {
    const [created] = await tx.execute<{ id: number }>(sql`
      insert into users (name, email, role) values (${input.name}, ${email}, ${input.role})
      on conflict (email) do nothing returning id`)
    if (!created) return { ok: false, reason: 'email_taken', userId: await idOf(tx, email) }
    if (!(await storeRestaurants(tx, scope, created.id, input.restaurantIds)))
      throw refuse({ ok: false, reason: 'unknown_restaurant' })
    const token = await renewPasswordLink(tx, created.id)
    await audit(tx, scope, 'user.created', created.id, { after: await stateOf(tx, created.id) })
    return { ok: true, userId: created.id, token }
  })
}

export type ChangedPerson = { ok: true } | Unknown | UnknownRestaurant | Locked | ChangedMeanwhile

/** Somebody else saved first: what they made of it. */
type ChangedMeanwhile = { ok: false; reason: 'changed_meanwhile'; theirs: PersonDocument }

/**
 * Changes name, role and restaurants, if they still are as the form began with (`base`). Nobody changes their own role,
 * and the last admin stays one. Restaurants that are not active are left as they are.
 */
export function changePerson(
  db: Db,
  scope: Scope,
  { userId, base, ...input }: PersonDocument & { userId: number; base: PersonDocument },
): Promise<ChangedPerson> {
  return transact<ChangedPerson>(db, async (tx, refuse) => {
    const found = await lockPerson(tx, userId)
    if (!found) return UNKNOWN
    const theirs = await documentOf(tx, scope, userId)
    if (!sameValue(theirs, base) && !sameValue(theirs, input))
      return { ok: false, reason: 'changed_meanwhile', theirs }
    const before = await stateOf(tx, userId)
    if (input.role !== before.role) {
      const locked = lockOut(scope, found)
      if (locked) return locked
    }
    await tx.execute(sql`
      update users set name = ${input.name}, role = ${input.role}, updated_at = clock_timestamp() where id = ${userId}`)
    if (!(await storeRestaurants(tx, scope, userId, input.restaurantIds)))
      throw refuse({ ok: false, reason: 'unknown_restaurant' })
    const after = await stateOf(tx, userId)
    if (JSON.stringify(before) !== JSON.stringify(after))
      await audit(tx, scope, 'user.changed', userId, { before, after })
    return { ok: true }
  })
}

/**
 * Shuts a person out: they can't sign in, their sessions end at once and their links die. What they did keeps their name.
 * Nobody does it to themselves or to the last admin; who is deactivated already stays so.
 */
export function deactivatePerson(
  db: Db,
  scope: Scope,
  { userId }: { userId: number },
): Promise<{ ok: true } | Unknown | Locked> {
  return db.transaction(async (tx) => {
    const found = await lockPerson(tx, userId)
    if (!found) return UNKNOWN
    const locked = lockOut(scope, found)
    if (locked) return locked
    await setActive(tx, scope, userId, false)
    await tx.execute(sql`delete from sessions where user_id = ${userId}`)
    await endPasswordLinks(tx, userId)
    return { ok: true }
  })
}

/** Lets a person in again, with the password, role and restaurants that they had. */
export function reactivatePerson(
  db: Db,
  scope: Scope,
  { userId }: { userId: number },
): Promise<{ ok: true } | Unknown> {
  return db.transaction(async (tx) => {
    if (!(await lockPerson(tx, userId))) return UNKNOWN
    // A sign-in that was under way when they were deactivated may have left one.
    await tx.execute(sql`delete from sessions where user_id = ${userId} and not (
      select is_active from users where id = ${userId})`)
    await setActive(tx, scope, userId, true)
    return { ok: true }
  })
}

/** A new one-time link for a person who has no password, or lost it. */
export function invitePerson(
  db: Db,
  scope: Scope,
  { userId }: { userId: number },
): Promise<{ ok: true; token: string } | Unknown | { ok: false; reason: 'deactivated' }> {
  return db.transaction(async (tx) => {
    const found = await lockPerson(tx, userId)
    if (!found) return UNKNOWN
    if (!found.isActive) return { ok: false, reason: 'deactivated' }
    const token = await renewPasswordLink(tx, userId)
    await audit(tx, scope, 'user.password_link_issued', userId, {})
    return { ok: true, token }
  })
}

/**
 * Ends one session of a person, or all of them but the one of the token `keep`, with which somebody ends their own.
 * @returns how many ended; one that is gone already is no error
 */
export function endSessions(
  db: Db,
  scope: Scope,
  { userId, sessionId, keep }: { userId: number; sessionId: number | null; keep: string | null },
): Promise<{ ok: true; ended: number } | Unknown> {
  return db.transaction(async (tx) => {
    if (!(await lockPerson(tx, userId))) return UNKNOWN
    const ended = await tx.execute(sql`
      delete from sessions
      where user_id = ${userId} and token is distinct from ${keep}
        and (${sessionId}::int is null or id = ${sessionId}::int)
      returning id`)
    if (ended.length > 0)
      await audit(tx, scope, 'user.sessions_ended', userId, { before: { sessions: ended.length } })
    return { ok: true, ended: ended.length }
  })
}

type Found = { id: number; role: Role; isActive: boolean; isOnlyAdmin: boolean }

/**
 * The person with their row locked, and all active admins with them, by id: of two admins who deactivate each other at
 * once, the second finds the first alone.
 */
async function lockPerson(tx: Db, userId: number): Promise<Found | null> {
  const rows = await tx.execute<Omit<Found, 'isOnlyAdmin'>>(sql`
    select id, role, is_active as "isActive" from users where id = ${userId} or (role = 'admin' and is_active)
    order by id for no key update`)
  const person = rows.find(({ id }) => id === userId)
  if (!person) return null
  const isAdmin = person.role === 'admin' && person.isActive
  return { ...person, isOnlyAdmin: isAdmin && rows.length === 1 }
}

function lockOut({ actor }: Scope, person: Found): Locked | null {
  if (person.id === actor.userId) return { ok: false, reason: 'own_account' }
  return person.isOnlyAdmin ? { ok: false, reason: 'last_admin' } : null
}

async function idOf(tx: Db, email: string): Promise<number> {
  const [row] = await tx.execute<{ id: number }>(sql`select id from users where email = ${email}`)
  if (!row) throw new Error('People are never deleted, yet the one of this address is gone.')
  return row.id
}

/** @returns whether all of them are active restaurants of the chain; else nothing is to be kept */
async function storeRestaurants(
  tx: Db,
  { restaurantIds: mine }: Scope,
  userId: number,
  restaurantIds: readonly number[],
): Promise<boolean> {
  if (!restaurantIds.every((id) => mine.includes(id))) return false
  await tx.execute(sql`
    delete from memberships
    where user_id = ${userId} and restaurant_id = any(${sql.param(mine)}::int[])
      and restaurant_id <> all(${sql.param(restaurantIds)}::int[])`)
  await tx.execute(sql`
    insert into memberships (restaurant_id, user_id)
    select id, ${userId} from unnest(${sql.param(restaurantIds)}::int[]) as chosen (id) on conflict do nothing`)
  return true
}

async function setActive(tx: Db, scope: Scope, userId: number, isActive: boolean): Promise<void> {
  const [changed] = await tx.execute(sql`
    update users set is_active = ${isActive}, updated_at = clock_timestamp()
    where id = ${userId} and is_active <> ${isActive} returning id`)
  if (!changed) return
  await audit(tx, scope, isActive ? 'user.activated' : 'user.deactivated', userId, {
    before: { active: !isActive },
    after: { active: isActive },
  })
}

/** A person as their form shows them. */
async function documentOf(tx: Db, { restaurantIds }: Scope, userId: number): Promise<PersonDocument> {
  const [found] = await tx.execute<PersonDocument>(sql`
    select u.name, u.role, array(
      select restaurant_id from memberships
      where user_id = u.id and restaurant_id = any(${sql.param(restaurantIds)}::int[]) order by restaurant_id
    ) as "restaurantIds"
    from users u where u.id = ${userId}`)
  if (!found) throw new Error('A person whose row is locked is gone.')
  return found
}

async function stateOf(tx: Db, userId: number): Promise<PersonState> {
  const [state] = await tx.execute<PersonState>(sql`
    select u.name, u.email, u.role, u.is_active as active, array(
      select r.slug from memberships m join restaurants r on r.id = m.restaurant_id
      where m.user_id = u.id order by r.slug
    ) as restaurants
    from users u where u.id = ${userId}`)
  if (!state) throw new Error('A person whose row is locked is gone.')
  return state
}

const audit = (
  tx: Db,
  { actor }: Scope,
  action: string,
  userId: number,
  change: { before?: object; after?: object },
): Promise<void> =>
  recordAudit(tx, {
    userId: actor.userId,
    restaurantId: null,
    action,
    subject: 'user',
    subjectId: String(userId),
    ...change,
  })
