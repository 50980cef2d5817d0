import { sql } from 'drizzle-orm'
import { type ChangeSetState, type FieldConflict, type Fields, rebase } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { type Edit, listEdits, NO_OVERRIDE, readLive, recordName } from '../records/edits'
import { RECORDS } from '../records/kinds'

type Scope = ChainScope<'menu:edit'>

/** A change set that is open, and how many things it changes. */
export type OpenChangeSet = { id: number; name: string; edits: number }

const countEdits = sql`(select count(*)::int from change_set_edits e where e.change_set_id = s.id)`

/** An open change set by its number; null where there is none or it was published or discarded. */
export async function findOpenChangeSet(db: Db, _scope: Scope, id: number): Promise<OpenChangeSet | null> {
  const [found] = await db.execute<OpenChangeSet>(sql`
    select s.id, s.name, ${countEdits} as edits from change_sets s where s.id = ${id} and s.state = 'open'`)
  return found ?? null
}

/** When in milliseconds since 1970. */
export type ListedChangeSet = OpenChangeSet & { by: string | null; begun: number; lastEdit: number | null }

/** The open change sets, the one that was worked on last first. */
export async function listChangeSets(
  db: Db,
  _scope: Scope,
  { limit }: { limit: number },
): Promise<ListedChangeSet[]> {
  return db.execute<ListedChangeSet>(sql`
    select s.id, s.name, ${countEdits} as edits, u.name as by,
      (extract(epoch from s.created_at) * 1000)::float8 as begun,
      (extract(epoch from l.at) * 1000)::float8 as "lastEdit"
    from change_sets s
    left join users u on u.id = s.created_by
    left join lateral (select max(updated_at) as at from change_set_edits e where e.change_set_id = s.id) l on true
    where s.state = 'open'
    order by coalesce(l.at, s.created_at) desc, s.id desc limit ${limit}`)
}

export type ChangeSetEdit = Edit & {
  /** What the record is called as the change set makes it; of an override its dish. */
  name: string
  /** As it is for everybody; null for what exists in the change set only. */
  live: Fields | null
  /** Fields that somebody changed since they were edited here. */
  conflicts: FieldConflict[]
  by: string | null
  /** Milliseconds since 1970. */
  at: number
}

export type ChangeSet = {
  id: number
  name: string
  state: ChangeSetState
  by: string | null
  begun: number
  closed: number | null
  edits: ChangeSetEdit[]
}

/** A change set with what it does to each record, in the order in which publishing does it; null where there is none. */
export async function getChangeSet(db: Db, _scope: Scope, id: number): Promise<ChangeSet | null> {
  const [set] = await db.execute<Omit<ChangeSet, 'edits'>>(sql`
    select s.id, s.name, s.state, u.name as by, (extract(epoch from s.created_at) * 1000)::float8 as begun,
      (extract(epoch from s.closed_at) * 1000)::float8 as closed
    from change_sets s left join users u on u.id = s.created_by where s.id = ${id}`)
  if (!set) return null
  const edits = await listEdits(db, id)
  const dishes = edits
    .filter(({ subject }) => subject === 'menu_override')
    .map(({ key }) => ({ subject: 'menu_item' as const, key: { id: key.id, restaurantId: null } }))
  const live = await readLive(db, [...edits, ...dishes], false)
  const hands = await lastHands(db, id)
  const named = new Map(
    edits.map((edit) => [recordName(edit), { ...live.get(recordName(edit)), ...edit.patch }]),
  )
  const nameOf = ({ subject, key }: Edit): string => {
    const of = subject === 'menu_override' ? 'menu_item' : subject
    const name = recordName({ subject: of, key: { id: key.id, restaurantId: null } })
    const doc = named.get(name) ?? live.get(name)
    return doc ? (RECORDS[of].nameOf as (doc: unknown) => string)(doc) : ''
  }
  return {
    ...set,
    edits: edits.map((edit) => {
      const now = live.get(recordName(edit)) ?? (edit.subject === 'menu_override' ? NO_OVERRIDE : null)
      const { conflicts } = now ? rebase(edit.base ?? {}, edit.patch, now) : { conflicts: [] }
      const hand = hands.get(edit.id)
      return { ...edit, name: nameOf(edit), live: now, conflicts, by: hand?.by ?? null, at: hand?.at ?? 0 }
    }),
  }
}

async function lastHands(db: Db, changeSetId: number) {
  const rows = await db.execute<{ id: number; by: string | null; at: number }>(sql`
    select e.id, u.name as by, (extract(epoch from e.updated_at) * 1000)::float8 as at
    from change_set_edits e left join users u on u.id = e.updated_by where e.change_set_id = ${changeSetId}`)
  return new Map(rows.map(({ id, ...hand }) => [id, hand]))
}

/** Where a restaurant has a price or an availability of its own. */
export type OwnValues = {
  id: number
  restaurantId: number
  price: number | null
  isAvailable: boolean | null
}

/** What restaurants have of their own of some dishes. */
export async function listOwnValues(
  db: Db,
  _scope: Scope,
  { menuItemIds }: { menuItemIds: readonly number[] },
): Promise<OwnValues[]> {
  return db.execute<OwnValues>(sql`
    select menu_item_id as id, restaurant_id as "restaurantId", price, is_available as "isAvailable"
    from menu_overrides
    where menu_item_id = any(${sql.param([...menuItemIds])}::int[]) and (price is not null or is_available is not null)
    order by menu_item_id, restaurant_id`)
}

export type RestaurantGroup = { id: number; name: string; restaurantIds: number[] }

/** Restaurants that are published for together, by name. */
export async function listRestaurantGroups(
  db: Db,
  _scope: Scope,
  { limit }: { limit: number },
): Promise<RestaurantGroup[]> {
  return db.execute<RestaurantGroup>(sql`
    select id, name, restaurant_ids as "restaurantIds" from restaurant_groups order by name, id limit ${limit}`)
}
