import { sql } from 'drizzle-orm'
import { auditSubject, changedFields, type Fields, pick, type RecordSubject } from '@/domain/record'
import { type Db, postgresCause } from '../client'
import type { FieldRefusal, RecordChange, RecordKey } from '../records/kind'
import { type Documents, RECORDS } from '../records/kinds'
import { bumpFeedOf } from './feed'
import { invalidate } from './invalidate'

/** What transactions that change records collect, to be told at their end. */
type Stale = { tags: Set<string>; screens: Set<number> }

export type ChangeContext = {
  userId: number | null
  /** What this is part of, to be undone with it. */
  publicationId?: number
}

/**
 * Writes records, each with its line in the audit, in the caller's transaction, which holds their rows (`read` with
 * `lock`). Returns why not, if the data says so; refusals of constraints are thrown, see `asRefusal`. To be followed by
 * `announce`, last in the transaction.
 */
export async function writeRecords<S extends RecordSubject>(
  tx: Db,
  { userId, publicationId }: ChangeContext,
  subject: S,
  changes: readonly RecordChange<Documents[S]>[],
  stale: Stale,
): Promise<FieldRefusal | null> {
  if (changes.length === 0) return null
  const kind = RECORDS[subject]
  const refused = await kind.refuse?.(tx, changes)
  if (refused) return refused
  await kind.write(tx, changes)
  const entries = changes.map(({ key, before, after }) => {
    const changed = before ? changedFields(before as Fields, after as Fields) : (after as Fields)
    return {
      restaurant: key.restaurantId,
      action: `${auditSubject(subject)}.${before === null ? 'created' : 'changed'}`,
      id: String(key.id),
      before: before && pick(before as Fields, Object.keys(changed)),
      after: changed,
    }
  })
  await tx.execute(sql`
    insert into audit_log (user_id, restaurant_id, action, subject, subject_id, before, after, publication_id)
    select ${userId}::int, restaurant, action, ${auditSubject(subject)}, id, before, after, ${publicationId ?? null}::int
    from jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb)
      as g (restaurant int, action text, id text, before jsonb, after jsonb)`)
  const told = await kind.stale(tx, changes)
  for (const tag of told.tags) stale.tags.add(tag)
  for (const id of told.screens) stale.screens.add(id)
  return null
}

export const nothingStale = (): Stale => ({ tags: new Set(), screens: new Set() })

/** Tells caches and screens what changed, once the transaction commits. Feed rows are the last locks, in order. */
export async function announce(tx: Db, { tags, screens }: Stale): Promise<void> {
  const [first, ...others] = tags
  if (first !== undefined) await invalidate(tx, [first, ...others])
  for (const id of [...screens].sort((a, b) => a - b)) await bumpFeedOf(tx, id)
}

/** What a constraint's refusal means to whoever filled in the form; null for any other error. */
export function asRefusal(error: unknown): (FieldRefusal & { subject: RecordSubject }) | null {
  const constraint = postgresCause(error)?.constraint
  if (!constraint) return null
  for (const [subject, { constraints }] of Object.entries(RECORDS)) {
    const refusal = constraints[constraint]
    if (refusal) return { ...refusal, subject: subject as RecordSubject }
  }
  return null
}

export type LastChange = { by: string | null; at: number }

/** Who changed a record last, and when in milliseconds since 1970; null where nobody recorded it. */
export async function lastChange(db: Db, subject: RecordSubject, key: RecordKey): Promise<LastChange | null> {
  const [row] = await db.execute<LastChange>(sql`
    select u.name as by, (extract(epoch from a.created_at) * 1000)::float8 as at
    from audit_log a left join users u on u.id = a.user_id
    where a.subject = ${auditSubject(subject)} and a.subject_id = ${String(key.id)}
      and a.restaurant_id is not distinct from ${key.restaurantId}::int
    order by a.id desc limit 1`)
  return row ?? null
}
