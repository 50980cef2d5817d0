import { sql } from 'drizzle-orm'
import {
  type FieldConflict,
  type Fields,
  PUBLISHED_SUBJECTS,
  type PublishedSubject,
  rebase,
} from '@/domain/record'
import type { Db } from '../client'
import { type FieldRefusal, keyText, type RecordChange, type RecordKey } from '../records/kind'
import { AS_THE_CHAIN, type Documents, RECORDS } from '../records/kinds'
import { announce, nothingStale, writeRecords } from './record-changes'

/** What shall become of one record: the fields that change, and what they were when that was decided. */
export type Wish = {
  subject: PublishedSubject
  key: RecordKey
  /** Null: it is new, and `patch` the whole of it. */
  base: Fields | null
  patch: Fields
}

/** A field that can't be changed without overwriting what somebody else did since. */
export type WishConflict = FieldConflict & { subject: PublishedSubject; key: RecordKey; name: string }

export type Published = { ok: true; publicationId: number }
export type Unpublishable =
  | { ok: false; reason: 'conflicts'; conflicts: WishConflict[] }
  | { ok: false; reason: 'nothing_to_publish' }
  | ({ ok: false; subject: PublishedSubject; name: string } & FieldRefusal)

type Planned<S extends PublishedSubject = PublishedSubject> = RecordChange<Documents[S]>

export type PublicationHead = {
  name: string
  changeSetId: number | null
  undoes: number | null
  restaurantIds: readonly number[] | null
  userId: number | null
}

/**
 * Makes wishes true in one go, in the caller's transaction, and records them as one publication that can be undone. If
 * any field of any record is neither as the wish found it nor as it wants it, nothing is written and every such field is
 * named. `settle`: who wins conflicts instead, the wish (`mine`) or what others made of it (`theirs`).
 */
export async function publishWishes(
  tx: Db,
  head: PublicationHead,
  wishes: readonly Wish[],
  { settle = null }: { settle?: 'mine' | 'theirs' | null } = {},
): Promise<Published | Unpublishable> {
  const plans = new Map<PublishedSubject, Planned[]>()
  const conflicts: WishConflict[] = []
  for (const subject of PUBLISHED_SUBJECTS) {
    const plan = await planKind(tx, subject, wishes, settle)
    conflicts.push(...plan.conflicts)
    plans.set(subject, plan.changes)
  }
  if (conflicts.length > 0) return { ok: false, reason: 'conflicts', conflicts }
  if ([...plans.values()].every((changes) => changes.length === 0))
    return { ok: false, reason: 'nothing_to_publish' }

  const publicationId = await insertPublication(tx, head)
  const context = { userId: head.userId, publicationId }
  const stale = nothingStale()
  for (const [subject, changes] of plans) {
    // An override of a dish that is new has its row only now.
    if (subject === 'menu_override')
      await RECORDS[subject].read(
        tx,
        changes.map(({ key }) => key),
        true,
      )
    const refused = await writeRecords(tx, context, subject, changes as never, stale)
    if (refused) return { ok: false, subject, name: nameOf(subject, changes[0]?.after), ...refused }
  }
  await announce(tx, stale)
  return { ok: true, publicationId }
}

async function planKind<S extends PublishedSubject>(
  tx: Db,
  subject: S,
  wishes: readonly Wish[],
  settle: 'mine' | 'theirs' | null,
): Promise<{ changes: Planned[]; conflicts: WishConflict[] }> {
  const mine = wishes.filter((wish) => wish.subject === subject)
  if (mine.length === 0) return { changes: [], conflicts: [] }
  const live = await RECORDS[subject].read(
    tx,
    mine.map(({ key }) => key),
    true,
  )
  const changes: Planned[] = []
  const conflicts: WishConflict[] = []
  for (const { key, base, patch } of mine) {
    const found = live.get(keyText(key)) ?? (isOverrideOfNew(wishes, subject, key) ? AS_THE_CHAIN : null)
    if (!found) {
      if (base === null) changes.push({ key, before: null, after: patch as never })
      continue
    }
    const before = found as Fields
    const left = rebase(base ?? {}, patch, before)
    const name = nameOf(subject, found)
    if (!settle) conflicts.push(...left.conflicts.map((conflict) => ({ ...conflict, subject, key, name })))
    const forced =
      settle === 'mine' ? Object.fromEntries(left.conflicts.map(({ field, mine }) => [field, mine])) : {}
    const fields = { ...left.patch, ...forced }
    if (Object.keys(fields).length > 0)
      changes.push({ key, before: found as never, after: { ...before, ...fields } as never })
  }
  return { changes, conflicts }
}

/** A dish that these same wishes make has no row yet in which a restaurant could differ. */
const isOverrideOfNew = (wishes: readonly Wish[], subject: PublishedSubject, { id }: RecordKey): boolean =>
  subject === 'menu_override' &&
  wishes.some((wish) => wish.subject === 'menu_item' && wish.key.id === id && wish.base === null)

const nameOf = (subject: PublishedSubject, doc: unknown): string =>
  doc ? (RECORDS[subject].nameOf as (doc: unknown) => string)(doc) : ''

async function insertPublication(tx: Db, head: PublicationHead): Promise<number> {
  const [row] = await tx.execute<{ id: number }>(sql`
    insert into publications (name, change_set_id, undoes, restaurant_ids, published_by)
    values (${head.name}, ${head.changeSetId}, ${head.undoes}, ${head.restaurantIds && sql.param(head.restaurantIds)}::int[],
      ${head.userId})
    returning id`)
  if (!row) throw new Error('The publication was not recorded.')
  return row.id
}
