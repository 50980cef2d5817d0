import { sql } from 'drizzle-orm'
import {
  DRAFT_SUBJECTS,
  type DraftSubject,
  type Fields,
  pick,
  sameValue,
  subjectOfAudit,
} from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import { recordName } from '../records/edits'
import type { RecordKey } from '../records/kind'
import { RECORDS } from '../records/kinds'
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
  subject: DraftSubject
  key: RecordKey
  field: string
  theirs: unknown
  choice: 'keep' | 'undo'
}

export type UndoAnswer =
  | Published
  | Unpublishable
  | { ok: false; reason: 'gone' | 'already_undone' }
  | { ok: false; reason: 'name_taken' | 'unknown_reference' | 'unit_in_use'; field: string }

type Scope = ChainScope<'menu:edit'>

/**
 * Takes a publication back, in one transaction: every field that it set becomes what it was. What it made is taken off
 * the menu instead of being deleted. A field that was changed since is a conflict, and nothing happens until somebody
 * has decided on each (`decisions`). Undoing is a publication of its own, and can be undone.
 */
export function undoPublication(
  db: Db,
  scope: Scope,
  { publicationId, decisions = [] }: { publicationId: number; decisions?: readonly UndoDecision[] },
): Promise<UndoAnswer> {
  return undoing(db, async (tx) => {
    // Two who undo take turns; what the first did is seen only by a statement that begins afterwards.
    await tx.execute(sql`select from publications where id = ${publicationId} for update`)
    const [publication] = await tx.execute<{ name: string; undone: boolean }>(sql`
      select name, exists (select from publications u where u.undoes = p.id) as undone
      from publications p where id = ${publicationId}`)
    if (!publication) return { ok: false, reason: 'gone' }
    if (publication.undone) return { ok: false, reason: 'already_undone' }
    const entries = await readEntries(tx, sql`publication_id = ${publicationId}`)
    const head = { name: undoName(publication.name), undoes: publicationId }
    return undoEntries(tx, scope, head, entries, decisions)
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

type Entry = { subject: DraftSubject; key: RecordKey; before: Fields | null; after: Fields }

/** The lines of the audit that changed records, newest first. */
async function readEntries(tx: Db, condition: ReturnType<typeof sql>): Promise<Entry[]> {
  const rows = await tx.execute<RecordKey & { subject: string; before: Fields | null; after: Fields }>(sql`
    select subject, subject_id::int as id, restaurant_id as "restaurantId", before, after from audit_log
    where ${condition} and action = any(${sql.param(UNDOABLE)}::text[])
    order by audit_log.id desc`)
  return rows.map(({ subject, id, restaurantId, before, after }) => ({
    subject: subjectOfAudit(subject, restaurantId) as DraftSubject,
    key: { id, restaurantId },
    before,
    after,
  }))
}

const UNDOABLE = DRAFT_SUBJECTS.flatMap((subject) => [`${subject}.created`, `${subject}.changed`])

function undoEntries(
  tx: Db,
  scope: Scope,
  head: { name: string; undoes: number | null },
  entries: readonly Entry[],
  decisions: readonly UndoDecision[],
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
  const decided = [...wishes].map(([name, wish]) =>
    decide(
      wish,
      decisions.filter((decision) => recordName(decision) === name),
    ),
  )
  const { userId } = scope.actor
  return publishWishes(tx, { ...head, changeSetId: null, restaurantIds: null, userId }, decided)
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
