import { sql } from 'drizzle-orm'
import type { DraftSubject } from '@/domain/record'
import type { Db } from '../client'
import { createChangeSet, saveDraft } from '../mutations/drafts'
import { reserveId, saveRecord } from '../mutations/records'
import { getRecord } from '../queries/records'
import type { RecordKey } from '../records/kind'
import type { Documents } from '../records/kinds'
import type { AdminScope } from './admin'

export const chainKey = (id: number): RecordKey => ({ id, restaurantId: null })
export const overrideKey = (id: number, restaurantId: number): RecordKey => ({ id, restaurantId })

/** A new open change set. */
export async function newChangeSet(db: Db, admin: AdminScope, name: string): Promise<number> {
  const made = await createChangeSet(db, admin, { name })
  if (!made.ok) throw new Error(`No change set: ${made.reason}.`)
  return made.changeSetId
}

/** A record as it is live, or as a change set makes it. Throws where there is none. */
export async function readRecord<S extends DraftSubject>(
  db: Db,
  admin: AdminScope,
  subject: S,
  key: RecordKey,
  changeSetId: number | null = null,
): Promise<Documents[S]> {
  const found = await getRecord(db, admin as never, subject, key, changeSetId)
  if (!found) throw new Error(`There is no ${subject} ${key.id}.`)
  return found.doc
}

/** Edits some fields of a record in a change set, as a form that was opened just now does. */
export async function draftEdit<S extends DraftSubject>(
  db: Db,
  admin: AdminScope,
  changeSetId: number,
  subject: S,
  key: RecordKey,
  patch: Partial<Documents[S]>,
): Promise<void> {
  const base = await readRecord(db, admin, subject, key, changeSetId)
  const saved = await saveDraft(db, admin, subject, { changeSetId, key, base, doc: { ...base, ...patch } })
  if (!saved.ok) throw new Error(`Not kept in the change set: ${saved.reason}.`)
}

/** Edits some fields of a record at once, as a form that was opened just now does. */
export async function liveEdit<S extends DraftSubject>(
  db: Db,
  admin: AdminScope,
  subject: S,
  key: RecordKey,
  patch: Partial<Documents[S]>,
): Promise<void> {
  const base = await readRecord(db, admin, subject, key)
  const saved = await saveRecord(db, admin as never, subject, {
    key,
    base,
    doc: { ...base, ...patch } as never,
  })
  if (!saved.ok) throw new Error(`Not saved: ${saved.reason}.`)
}

/** A new dish like dish 1, live. */
export async function newDish(db: Db, admin: AdminScope, dish: Partial<Documents['menu_item']> = {}) {
  const key = chainKey(await reserveId(db, admin, 'menu_item'))
  const doc = { ...(await readRecord(db, admin, 'menu_item', chainKey(1))), ...dish }
  const saved = await saveRecord(db, admin, 'menu_item', { key, base: null, doc })
  if (!saved.ok) throw new Error(`Not saved: ${saved.reason}.`)
  return key
}

/** A new record that exists in a change set only. */
export async function draftNew<S extends 'menu_item' | 'category' | 'recipe'>(
  db: Db,
  admin: AdminScope,
  changeSetId: number,
  subject: S,
  doc: Documents[S],
): Promise<RecordKey> {
  const key = chainKey(await reserveId(db, admin as never, subject))
  const saved = await saveDraft(db, admin, subject, { changeSetId, key, base: null, doc })
  if (!saved.ok) throw new Error(`Not kept in the change set: ${saved.reason}.`)
  return key
}

/** How many rows there are of all that a publication leaves behind. */
export async function traces(db: Db): Promise<Record<string, number>> {
  const [row] = await db.execute<Record<string, number>>(sql`
    select (select count(*)::int from audit_log) as audit, (select count(*)::int from publications) as publications,
      (select count(*)::int from cache_invalidations) as invalidations,
      (select count(*)::int from menu_overrides) as overrides, (select count(*)::int from menu_items) as dishes,
      (select count(*)::int from pg_locks l
        join pg_database d on d.oid = l.database and d.datname = current_database()
        where l.pid <> pg_backend_pid()) as locks`)
  return row ?? {}
}
