import { type SQL, sql } from 'drizzle-orm'
import type { ChainScope } from '@/domain/scope'
import type { Role } from '@/domain/vocabulary'
import type { Db } from '../client'
import { holdsName } from '../fragments/holds-name'
import { milliseconds } from '../fragments/milliseconds'

type Scope = ChainScope<'chain:manage'>

export type PeopleFilter = {
  /** Pieces of the name or the address that must all be found, in any case and without accents; none is no filter. */
  words: readonly string[]
  /** Null is no filter, like that of the restaurant. */
  role: Role | null
  /** Who has a place in it. Admins see it without one, and are not found. */
  restaurantId: number | null
  isActive: boolean
}

export type PersonRow = {
  id: number
  name: string
  email: string
  role: Role
  isActive: boolean
  /** Whether they ever set a password; else their invitation is open. */
  hasPassword: boolean
  /** Milliseconds since 1970, to ten minutes; null is never. */
  lastSeenAt: number | null
  /** Names of the active restaurants that they have a place in, whatever their role. */
  restaurants: string[]
}

const about = sql`u.id, u.name, u.email, u.role, u.is_active as "isActive",
  exists (select from accounts a where a.user_id = u.id and a.password is not null) as "hasPassword",
  ${milliseconds(sql`u.last_seen_at`)} as "lastSeenAt"`

/**
 * One page of the people of the chain, by name. It begins after the person of the id `after`; `next` is where the next one
 * begins, null on the last.
 */
export async function listPeople(
  db: Db,
  _scope: Scope,
  {
    words,
    role,
    restaurantId,
    isActive,
    after,
    limit,
  }: PeopleFilter & { after: number | null; limit: number },
): Promise<{ people: PersonRow[]; next: number | null }> {
  const conditions: SQL[] = [
    sql`u.is_active = ${isActive}`,
    ...words.map((word) => holdsName(sql`u.name || ' ' || u.email`, word)),
    ...(role === null ? [] : [sql`u.role = ${role}`]),
    ...(restaurantId === null
      ? []
      : [
          sql`exists (select from memberships m where m.restaurant_id = ${restaurantId} and m.user_id = u.id)`,
        ]),
    ...(after === null
      ? []
      : [sql`(u.name, u.id) > (select last.name, last.id from users last where last.id = ${after})`]),
  ]
  const rows = await db.execute<PersonRow>(sql`
    select ${about}, array(
      select r.name from memberships m join restaurants r on r.id = m.restaurant_id and r.is_active
      where m.user_id = u.id order by r.name
    ) as restaurants
    from (
      select * from users u where ${sql.join(conditions, sql` and `)} order by u.name, u.id limit ${limit + 1}
    ) u
    order by u.name, u.id`)
  const people = rows.slice(0, limit)
  return { people, next: rows.length > limit ? (people.at(-1)?.id ?? null) : null }
}

export type PersonDetails = Omit<PersonRow, 'restaurants'> & {
  /** Of the active restaurants those that they have a place in, ascending. */
  restaurantIds: number[]
  /** Milliseconds since 1970. */
  createdAt: number
  /** Nobody else could manage the chain. */
  isOnlyAdmin: boolean
  /** How many screens in use they paired. */
  screens: number
}

/** One person, deactivated or not; null when there is none of this id. */
export async function getPerson(db: Db, _scope: Scope, userId: number): Promise<PersonDetails | null> {
  const [person] = await db.execute<PersonDetails>(sql`
    select ${about}, ${milliseconds(sql`u.created_at`)} as "createdAt",
      array(
        select r.id from memberships m join restaurants r on r.id = m.restaurant_id and r.is_active
        where m.user_id = u.id order by r.id
      ) as "restaurantIds",
      u.role = 'admin' and u.is_active and not exists (
        select from users other where other.role = 'admin' and other.is_active and other.id <> u.id
      ) as "isOnlyAdmin",
      (select count(*)::int from devices d where d.approved_by = u.id and d.revoked_at is null) as screens
    from users u where u.id = ${userId}`)
  return person ?? null
}

export type SessionRow = {
  id: number
  /** As the browser said it; null when it said nothing. */
  userAgent: string | null
  ipAddress: string | null
  /** Milliseconds since 1970. */
  since: number
  /** To ten minutes. */
  lastSeenAt: number
  /** The one whose token was given. */
  isCurrent: boolean
}

/** The sessions of a person that are good (`findPerson`), the one used last first; 100 at most. */
export async function listSessions(
  db: Db,
  _scope: Scope,
  { userId, currentToken }: { userId: number; currentToken: string | null },
): Promise<SessionRow[]> {
  return db.execute<SessionRow>(sql`
    select s.id, s.user_agent as "userAgent", s.ip_address as "ipAddress",
      ${milliseconds(sql`s.created_at`)} as since, ${milliseconds(sql`s.updated_at`)} as "lastSeenAt",
      s.token is not distinct from ${currentToken} as "isCurrent"
    from sessions s
    join users u on u.id = s.user_id and u.is_active
    where s.user_id = ${userId}
      and s.expires_at > now()
      and s.updated_at > now() - interval '12 hours'
      and s.created_at > now() - interval '7 days'
    order by s.updated_at desc, s.id desc
    limit 100`)
}
