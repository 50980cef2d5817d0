import { sql } from 'drizzle-orm'
import { DRAFT_SUBJECTS, type DraftSubject, type Fields, type RecordSubject } from '@/domain/record'
import type { Db } from '../client'
import { keyText, type RecordKey } from './kind'
import { AS_THE_CHAIN, RECORDS } from './kinds'

/** What a change set does to one record. */
export type Edit = {
  id: number
  subject: DraftSubject
  key: RecordKey
  /** The values that `patch` replaces, as whoever edited saw them; null for something new. */
  base: Fields | null
  patch: Fields
  /** Of a dish: what restaurants that it was published for got of their own, by their ids, while it waits for the others. */
  given: Given
}

export type Given = Record<string, Fields>

/** The edits of a change set, in the order in which they are made. */
export async function listEdits(db: Db, changeSetId: number): Promise<Edit[]> {
  const edits = await db.execute<Omit<Edit, 'key'> & RecordKey & { subjectId: number }>(sql`
    select id, subject, subject_id as "subjectId", restaurant_id as "restaurantId", base, patch, given
    from change_set_edits where change_set_id = ${changeSetId}
    order by array_position(${sql.param([...DRAFT_SUBJECTS])}::text[], subject), subject_id, restaurant_id`)
  return edits.map(({ subjectId, restaurantId, ...edit }) => ({
    ...edit,
    key: { id: subjectId, restaurantId },
  }))
}

type Named<S extends RecordSubject = RecordSubject> = { subject: S; key: RecordKey }

/** Names a record among those of all kinds. */
export const recordName = ({ subject, key }: Named): string => `${subject} ${keyText(key)}`

/**
 * The records that edits are about as they are now, by `recordName`; what is not there (yet) is left out. With `lock`
 * nobody else changes them meanwhile, and they are locked in the one order, whoever asks.
 */
export async function readLive(
  db: Db,
  named: readonly Named<DraftSubject>[],
  lock: boolean,
): Promise<Map<string, Fields>> {
  const live = new Map<string, Fields>()
  for (const subject of DRAFT_SUBJECTS) {
    const keys = named.filter((one) => one.subject === subject).map(({ key }) => key)
    if (keys.length === 0) continue
    for (const [key, doc] of await RECORDS[subject].read(db, keys, lock)) live.set(`${subject} ${key}`, doc)
  }
  return live
}

/** The fields of an override where there is none, or not yet. */
export const NO_OVERRIDE: Fields = AS_THE_CHAIN
