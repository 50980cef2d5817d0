import { sql } from 'drizzle-orm'
import type { DraftSubject, Fields } from '@/domain/record'
import type { Db } from '../client'
import { keyText, type RecordKey } from './kind'
import { AS_THE_CHAIN, type Documents, RECORDS } from './kinds'

/** What a change set holds of one record. */
type DraftedFields = { base: Fields | null; patch: Fields }

export type Drafted<Doc> = {
  /** As it is for everybody; null for what exists in the change set only, or not at all. */
  live: Doc | null
  edit: DraftedFields | null
  /** As the change set makes it. */
  doc: Doc | null
}

/** A record as an open change set makes it. */
export async function readDrafted<S extends DraftSubject>(
  db: Db,
  subject: S,
  key: RecordKey,
  changeSetId: number,
): Promise<Drafted<Documents[S]>> {
  const [edit = null] = await db.execute<DraftedFields>(sql`
    select e.base, e.patch from change_set_edits e
    join change_sets s on s.id = e.change_set_id and s.state = 'open'
    where ${isEditOf(changeSetId, subject, key)}`)
  const live = (await RECORDS[subject].read(db, [key], false)).get(keyText(key)) ?? null
  const found = live ?? (await asTheChain(db, subject, key, changeSetId))
  const doc = found || edit ? ({ ...found, ...edit?.patch } as Documents[S]) : null
  return { live: found, edit, doc }
}

/** A dish that exists in the change set only is everywhere as the chain has it, until the change set says otherwise. */
async function asTheChain<S extends DraftSubject>(
  db: Db,
  subject: S,
  { id }: RecordKey,
  changeSetId: number,
): Promise<Documents[S] | null> {
  if (subject !== 'menu_override') return null
  const dish = { id, restaurantId: null }
  const isNew = await db.execute(sql`
    select from change_set_edits where ${isEditOf(changeSetId, 'menu_item', dish)} and is_new`)
  return isNew.length > 0 ? (AS_THE_CHAIN as Documents[S]) : null
}

/** Finds in `change_set_edits` what a change set does to one record. */
export const isEditOf = (changeSetId: number, subject: DraftSubject, key: RecordKey) => sql`
  change_set_id = ${changeSetId} and subject = ${subject} and subject_id = ${key.id}
    and restaurant_id is not distinct from ${key.restaurantId}::int`
