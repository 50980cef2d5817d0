import { sql } from 'drizzle-orm'
import { type RecordSubject, sameValue } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import { type Db, postgresCause } from '../client'
import { type FieldRefusal, keyText, type RecordKey } from '../records/kind'
import { type Documents, RECORDS } from '../records/kinds'
import {
  announce,
  asRefusal,
  type LastChange,
  lastChange,
  nothingStale,
  writeRecords,
} from './record-changes'
import { transact } from './transact'

/** Who may edit a kind of record. */
export type RecordScope<S extends RecordSubject> = ChainScope<
  S extends 'restaurant' ? 'chain:manage' : 'menu:edit'
>

/** What a form sends: the document that was shown (null for a new one) and the one that was typed. */
export type RecordInput<Doc> = { key: RecordKey; base: Doc | null; doc: Doc }

type Refused<Doc> =
  | { ok: false; reason: 'gone' }
  /** Somebody saved it after it was shown: their version, who and when. */
  | { ok: false; reason: 'changed_meanwhile'; theirs: Doc; last: LastChange | null }
  | ({ ok: false } & FieldRefusal)

export type SavedRecord<Doc> = { ok: true; key: RecordKey; changed: boolean } | Refused<Doc>

/**
 * A number for a new record, to be named by it before it is saved: a form that is sent twice makes one. An override
 * has none.
 */
export async function reserveId<S extends Exclude<RecordSubject, 'menu_override'>>(
  db: Db,
  _scope: RecordScope<S>,
  subject: S,
): Promise<number> {
  const [row] = await db.execute<{ id: number }>(sql`
    select nextval(pg_get_serial_sequence(${RECORDS[subject].idsFrom}, 'id'))::int as id`)
  if (!row) throw new Error('The sequence gave no number.')
  return row.id
}

/** Whether a number was given out by `reserveId`, or anyhow by the table's sequence. */
export async function isReserved(db: Db, subject: RecordSubject, id: number): Promise<boolean> {
  const [row] = await db.execute<{ given: boolean }>(sql`
    select coalesce(${id}::int <= pg_sequence_last_value(pg_get_serial_sequence(${RECORDS[subject].idsFrom}, 'id')), false)
      as given`)
  return row?.given ?? false
}

/**
 * Saves a record at once, new or changed, if it still is what the form showed. Saving the same again changes nothing
 * and is fine, so that a form may be sent twice.
 */
export async function saveRecord<S extends RecordSubject>(
  db: Db,
  scope: RecordScope<S>,
  subject: S,
  { key, base, doc }: RecordInput<Documents[S]>,
): Promise<SavedRecord<Documents[S]>> {
  type Saved = SavedRecord<Documents[S]>
  const kind = RECORDS[subject]
  return refusedByConstraint(() =>
    transact<Saved>(db, async (tx, refuse): Promise<Saved> => {
      const current = (await kind.read(tx, [key], true)).get(keyText(key)) ?? null
      if (current && sameValue(current, doc)) return { ok: true, key, changed: false }
      if (current && !sameValue(current, base)) {
        return {
          ok: false,
          reason: 'changed_meanwhile',
          theirs: current,
          last: await lastChange(tx, subject, key),
        }
      }
      if (!current && (base !== null || !kind.idsFrom || !(await isReserved(tx, subject, key.id)))) {
        return { ok: false, reason: 'gone' }
      }
      const stale = nothingStale()
      const change = { key, before: current, after: doc }
      const refused = await writeRecords(tx, { userId: scope.actor.userId }, subject, [change], stale)
      if (refused) throw refuse({ ok: false, ...refused })
      await announce(tx, stale)
      return { ok: true, key, changed: true }
    }),
  )
}

/** Work that a constraint may refuse, for which its caller then gets the field and the reason. */
export async function refusedByConstraint<T>(
  work: () => Promise<T>,
): Promise<T | ({ ok: false } & FieldRefusal)> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const refused = asRefusal(error)
      if (refused) return { ok: false, field: refused.field, reason: refused.reason }
      // Two who save the same new record at once: the second finds it when it looks again.
      if (tries === 1 && postgresCause(error)?.constraint?.endsWith('_pkey')) continue
      // Two who exchange a unique name at once wait for each other, and PostgreSQL ends one of them.
      if (tries <= 3 && postgresCause(error)?.code === '40P01') continue
      throw error
    }
  }
}
