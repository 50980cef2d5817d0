import { sql } from 'drizzle-orm'
import {
  type Fields,
  PUBLISHED_SUBJECTS,
  type PublishedSubject,
  pick,
  sameValue,
  subjectOfAudit,
} from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { recordName } from '../records/edits'
import type { RecordKey } from '../records/kind'
import { RECORDS } from '../records/kinds'
import { lockOpenSet } from './drafts'
import {
  type Published,
  publishWishes,
  type Unpublishable,
  type Wish,
  type WishConflict,
} from './publication'
import { refusedByConstraint } from './records'
import { transact } from './transact'

/** A conflict as it was shown, and what shall become of the field: stay as others made it, or go back all the same. */
export type UndoDecision = {
  subject: PublishedSubject
  key: RecordKey
  field: string
  theirs: unknown
  choice: 'keep' | 'undo'
}

export type UndoAnswer =
  | Published
  | Unpublishable
  | { ok: false; reason: 'gone' | 'already_undone' | 'under_way' }
  | { ok: false; reason: 'name_taken' | 'unknown_reference' | 'unit_in_use'; field: string }

type Scope = ChainScope<'menu:edit'>

/**
 * Takes a publication back, in one transaction: every field that it set becomes what it was. What it made is taken off
 * the menu instead of being deleted. A field that was changed since is a conflict, and nothing happens until somebody
 * has decided on each (`decisions`), or that all others stay as they are now (`keepOthers`). Undoing is a publication
 * of its own, and can be undone. `under_way`: it is a file that is still being taken.
 */
export function undoPublication(
  db: Db,
  scope: Scope,
  {
    publicationId,
    decisions = [],
    keepOthers = false,
  }: { publicationId: number; decisions?: readonly UndoDecision[]; keepOthers?: boolean },
): Promise<UndoAnswer> {
  return undoing(db, async (tx) => {
    // Two who undo take turns; what the first did is seen only by a statement that begins afterwards.
    await tx.execute(sql`select from publications where id = ${publicationId} for update`)
    const [publication] = await tx.execute<{
      name: string
      undone: boolean
      underWay: boolean
      set: number | null
    }>(sql`
      select name, exists (select from publications u where u.undoes = p.id) as undone,
        exists (select from imports i where i.publication_id = p.id and i.state = 'taking') as "underWay",
        change_set_id as set
      from publications p where id = ${publicationId}`)
    if (!publication) return { ok: false, reason: 'gone' }
    if (publication.undone) return { ok: false, reason: 'already_undone' }
    if (publication.underWay) return { ok: false, reason: 'under_way' }
    // Before any record, like whoever publishes it.
    const isOpen = publication.set !== null && (await lockOpenSet(tx, publication.set)) !== null
    const entries = await readEntries(tx, sql`publication_id = ${publicationId}`)
    const head = { name: undoName(publication.name), undoes: publicationId }
    const undone = await undoEntries(tx, scope, head, entries, decisions, keepOthers)
    if (undone.ok && publication.set !== null && isOpen) await returnToSet(tx, scope, publication.set, undone)
    return undone
  })
}

/** Takes back one line of the audit, like `undoPublication`. */
export function undoChange(
  db: Db,
  scope: Scope,
  { auditId, decisions = [] }: { auditId: number; decisions?: readonly UndoDecision[] },
): Promise<UndoAnswer> {
  return undoing(db, async (tx) => {
    const entries = await readEntries(tx, sql`id = ${auditId}`)
    if (entries.length === 0) return { ok: false, reason: 'gone' }
    return undoEntries(tx, scope, { name: undoName('one change'), undoes: null }, entries, decisions)
  })
}

const undoName = (name: string) => `Undo: ${name}`.slice(0, 200)

const undoing = (db: Db, work: (tx: Db) => Promise<UndoAnswer>): Promise<UndoAnswer> =>
  refusedByConstraint(() =>
    transact<UndoAnswer>(db, async (tx, refuse) => {
      const answer = await work(tx)
      if (!answer.ok) throw refuse(answer)
      return answer
    }),
  )

type Entry = { subject: PublishedSubject; key: RecordKey; before: Fields | null; after: Fields }

/** The lines of the audit that changed records, newest first. */
async function readEntries(tx: Db, condition: ReturnType<typeof sql>): Promise<Entry[]> {
  const rows = await tx.execute<RecordKey & { subject: string; before: Fields | null; after: Fields }>(sql`
    select subject, subject_id::int as id, restaurant_id as "restaurantId", before, after from audit_log
    where ${condition} and action = any(${sql.param(UNDOABLE)}::text[])
    order by audit_log.id desc`)
  return rows.map(({ subject, id, restaurantId, before, after }) => ({
    subject: subjectOfAudit(subject, restaurantId) as PublishedSubject,
    key: { id, restaurantId },
    before,
    after,
  }))
}

const UNDOABLE = PUBLISHED_SUBJECTS.flatMap((subject) => [`${subject}.created`, `${subject}.changed`])

function undoEntries(
  tx: Db,
  scope: Scope,
  head: { name: string; undoes: number | null },
  entries: readonly Entry[],
  decisions: readonly UndoDecision[],
  keepOthers = false,
): Promise<Published | Unpublishable> {
  const wishes = new Map<string, Wish>()
  for (const { subject, key, before, after } of entries) {
    const name = recordName({ subject, key })
    const later = wishes.get(name)
    const retired = RECORDS[subject].retired as Fields
    const back = before ?? retired
    wishes.set(name, {
      subject,
      key,
      // Of two lines on one field, it is now what the later made it, and shall be what it was before the earlier.
      base: { ...pick(after, Object.keys(back)), ...later?.base },
      patch: { ...later?.patch, ...back },
    })
  }
  const byRecord = new Map<string, UndoDecision[]>()
  for (const each of decisions) {
    const name = recordName(each)
    byRecord.set(name, [...(byRecord.get(name) ?? []), each])
  }
  const decided = [...wishes].map(([name, wish]) => decide(wish, byRecord.get(name) ?? []))
  const publication = { ...head, changeSetId: null, restaurantIds: null, userId: scope.actor.userId }
  return publishWishes(tx, publication, decided, { settle: keepOthers ? 'theirs' : null })
}

/**
 * A change set that was published for some restaurants and is still open has back what that took out of it: a category
 * goes on with the dish that needs it, and a restaurant gets what the set had for it. What came from an edit of a dish
 * (`given`) never left the set.
 */
async function returnToSet(
  tx: Db,
  { actor }: Scope,
  changeSetId: number,
  { publicationId }: Published,
): Promise<void> {
  await tx.execute(sql`
    insert into change_set_edits as e
      (change_set_id, subject, subject_id, restaurant_id, is_new, base, patch, updated_by)
    select ${changeSetId}::int, back.subject, back.id, back.restaurant_id, false, back.base, back.patch, ${actor.userId}::int
    from (
      select case when a.restaurant_id is null then a.subject else 'menu_override' end as subject,
        a.subject_id::int as id, a.restaurant_id, a.after - given.fields as base, a.before - given.fields as patch
      from audit_log a
      cross join lateral (
        select array(
          select jsonb_object_keys(d.given -> a.restaurant_id::text) from change_set_edits d
          where d.change_set_id = ${changeSetId} and d.subject = 'menu_item' and d.subject_id = a.subject_id::int
        ) as fields
      ) given
      where a.publication_id = ${publicationId}
        and (a.action = 'category.changed' or a.action = 'menu_item.changed' and a.restaurant_id is not null)
    ) back
    where back.patch <> '{}'
    on conflict on constraint change_set_edits_thing
      do update set base = excluded.base || e.base, patch = excluded.patch || e.patch`)
}

/** The wish without the fields that stay; and where one goes back all the same, from the value that was seen. */
function decide(wish: Wish, decisions: readonly UndoDecision[]): Wish {
  const patch = { ...wish.patch }
  const base = { ...wish.base }
  for (const { field, theirs, choice } of decisions) {
    if (choice === 'keep') delete patch[field]
    else if (!sameValue(base[field], theirs)) base[field] = theirs
  }
  return { ...wish, base, patch }
}

/** What a conflict becomes when somebody decides it. */
export const decision = (
  { subject, key, field, theirs }: WishConflict,
  choice: UndoDecision['choice'],
): UndoDecision => ({ subject, key, field, theirs, choice })
