import { sql } from 'drizzle-orm'
import { changedFields, type DraftSubject, type Fields, pick, sameValue } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import { type Db, postgresCause } from '../client'
import { isEditOf, readDrafted } from '../records/drafted'
import { listEdits, readLive, recordName } from '../records/edits'
import { type Documents, RECORDS } from '../records/kinds'
import { recordAudit } from './audit'
import { isReserved, type RecordInput } from './records'

type Scope = ChainScope<'menu:edit'>

export type NewChangeSet = { ok: true; changeSetId: number } | { ok: false; reason: 'name_taken' }

/** Begins a named change set, empty and open. */
export async function createChangeSet(
  db: Db,
  scope: Scope,
  { name }: { name: string },
): Promise<NewChangeSet> {
  const { userId } = scope.actor
  try {
    return await db.transaction(async (tx) => {
      const [row] = await tx.execute<{ id: number }>(sql`
        insert into change_sets (name, created_by) values (${name}, ${userId}) returning id`)
      if (!row) throw new Error('The change set was not made.')
      await recordAudit(tx, { ...ofSet(scope, row.id), action: 'change_set.created', after: { name } })
      return { ok: true, changeSetId: row.id }
    })
  } catch (error) {
    if (postgresCause(error)?.constraint === 'change_sets_open_name')
      return { ok: false, reason: 'name_taken' }
    throw error
  }
}

const ofSet = (scope: Scope, id: number) => ({
  userId: scope.actor.userId,
  restaurantId: null,
  subject: 'change_set',
  subjectId: String(id),
})

/** Puts a change set away for good: nothing of what is still in it goes live. */
export function discardChangeSet(
  db: Db,
  scope: Scope,
  { changeSetId }: { changeSetId: number },
): Promise<{ ok: true } | { ok: false; reason: 'set_closed' }> {
  return db.transaction(async (tx) => {
    const closed = await tx.execute(sql`
      update change_sets set state = 'discarded', closed_at = now() where id = ${changeSetId} and state = 'open'
      returning id`)
    if (closed.length === 0) return { ok: false, reason: 'set_closed' }
    await recordAudit(tx, { ...ofSet(scope, changeSetId), action: 'change_set.discarded' })
    return { ok: true }
  })
}

/** Locks a change set if it is still open: whoever edits or publishes it takes turns. */
export async function lockOpenSet(tx: Db, changeSetId: number): Promise<{ name: string } | null> {
  const [row] = await tx.execute<{ name: string }>(sql`
    select name from change_sets where id = ${changeSetId} and state = 'open' for update`)
  return row ?? null
}

export type SavedDraft<Doc> =
  | { ok: true; changed: boolean }
  | { ok: false; reason: 'gone' | 'set_closed' }
  /** Somebody else saved it in this change set, or live, after the form was shown. */
  | { ok: false; reason: 'changed_meanwhile'; theirs: Doc; last: null }

/**
 * Keeps an edit in a change set. What the form showed and what was typed are documents as the change set makes them;
 * kept is only what differs from the live record, and how the live record was when this began to differ.
 */
export function saveDraft<S extends DraftSubject>(
  db: Db,
  scope: Scope,
  subject: S,
  input: DraftInput<S>,
): Promise<SavedDraft<Documents[S]>> {
  return db.transaction(async (tx): Promise<SavedDraft<Documents[S]>> => {
    if (!(await lockOpenSet(tx, input.changeSetId))) return { ok: false, reason: 'set_closed' }
    return keepDraft(tx, scope, subject, input)
  })
}

type DraftInput<S extends DraftSubject> = RecordInput<Documents[S]> & { changeSetId: number }

/** `saveDraft` in the caller's transaction, which holds the change set. */
export async function keepDraft<S extends DraftSubject>(
  tx: Db,
  scope: Scope,
  subject: S,
  { changeSetId, key, base, doc }: DraftInput<S>,
): Promise<SavedDraft<Documents[S]>> {
  const { live, edit, doc: shown } = await readDrafted(tx, subject, key, changeSetId)
  if (shown && sameValue(shown, doc)) return { ok: true, changed: false }
  if (shown && !sameValue(shown, base))
    return { ok: false, reason: 'changed_meanwhile', theirs: shown, last: null }
  const mayBeNew = base === null && RECORDS[subject].idsFrom !== null
  if (!shown && !(mayBeNew && (await isReserved(tx, subject, key.id)))) return { ok: false, reason: 'gone' }

  const patch = live ? changedFields(live as Fields, doc as Fields) : (doc as Fields)
  const seen = live && { ...pick(live as Fields, Object.keys(patch)), ...pickOf(edit?.base, patch) }
  if (Object.keys(patch).length === 0) {
    await tx.execute(sql`delete from change_set_edits where ${isEditOf(changeSetId, subject, key)}`)
  } else {
    await tx.execute(sql`
      insert into change_set_edits (change_set_id, subject, restaurant_id, subject_id, is_new, base, patch, updated_by)
      values (${changeSetId}, ${subject}, ${key.restaurantId}, ${key.id}, ${live === null},
        ${seen && JSON.stringify(seen)}::text::jsonb, ${JSON.stringify(patch)}::text::jsonb, ${scope.actor.userId})
      on conflict on constraint change_set_edits_thing do update set is_new = excluded.is_new, base = excluded.base,
        patch = excluded.patch, updated_by = excluded.updated_by, updated_at = now()`)
  }
  return { ok: true, changed: true }
}

/** Of a base that was kept, the fields that the patch still has. */
const pickOf = (base: Fields | null | undefined, patch: Fields): Fields =>
  Object.fromEntries(Object.entries(base ?? {}).filter(([field]) => field in patch))

/** Takes one edit out of an open change set; with a dish that is new, what restaurants would do differently about it. */
export function dropEdit(
  db: Db,
  _scope: Scope,
  { changeSetId, editId }: { changeSetId: number; editId: number },
): Promise<{ ok: true } | { ok: false; reason: 'set_closed' | 'gone' }> {
  return db.transaction(async (tx) => {
    if (!(await lockOpenSet(tx, changeSetId))) return { ok: false, reason: 'set_closed' }
    const [gone] = await tx.execute<{ subject: DraftSubject; subjectId: number; isNew: boolean }>(sql`
      delete from change_set_edits where id = ${editId} and change_set_id = ${changeSetId}
      returning subject, subject_id as "subjectId", is_new as "isNew"`)
    if (gone?.subject === 'menu_item' && gone.isNew) {
      await tx.execute(sql`
        delete from change_set_edits
        where change_set_id = ${changeSetId} and subject = 'menu_override' and subject_id = ${gone.subjectId}`)
    }
    return gone ? { ok: true } : { ok: false, reason: 'gone' }
  })
}

/** One field of an edit in conflict, the live value that the person saw, and whose value it shall have. */
export type Settlement = { editId: number; field: string; theirs: unknown; choice: 'mine' | 'theirs' }

/**
 * Settles conflicts of an open change set: what stays as others made it leaves the edit, what shall be overwritten is
 * remembered together with the value that was seen, so that a third change is a conflict again. `changed_meanwhile`:
 * one of the live values is no longer what was seen, and nothing was settled.
 */
export function settleConflicts(
  db: Db,
  _scope: Scope,
  { changeSetId, settlements }: { changeSetId: number; settlements: readonly Settlement[] },
): Promise<{ ok: true } | { ok: false; reason: 'set_closed' | 'changed_meanwhile' }> {
  return db.transaction(async (tx) => {
    if (!(await lockOpenSet(tx, changeSetId))) return { ok: false, reason: 'set_closed' }
    const edits = (await listEdits(tx, changeSetId)).filter(({ id }) =>
      settlements.some(({ editId }) => editId === id),
    )
    const live = await readLive(tx, edits, false)
    for (const { id, base, patch, ...named } of edits) {
      const now = live.get(recordName(named))
      const settled = { base: { ...base }, patch: { ...patch } }
      for (const { field, theirs, choice } of settlements.filter(({ editId }) => editId === id)) {
        if (!now || !sameValue(now[field] ?? null, theirs ?? null)) {
          return { ok: false, reason: 'changed_meanwhile' }
        }
        if (!(field in patch)) continue
        settled.base[field] = theirs
        if (choice === 'theirs') {
          delete settled.patch[field]
          delete settled.base[field]
        }
      }
      await tx.execute(sql`
        update change_set_edits set is_new = false, base = ${JSON.stringify(settled.base)}::text::jsonb,
          patch = ${JSON.stringify(settled.patch)}::text::jsonb
        where id = ${id}`)
    }
    await tx.execute(sql`delete from change_set_edits where change_set_id = ${changeSetId} and patch = '{}'`)
    return { ok: true }
  })
}
