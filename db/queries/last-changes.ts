import { sql } from 'drizzle-orm'
import { auditSubject, type RecordSubject } from '@/domain/record'
import type { ChainScope } from '@/domain/scope'
import type { Db } from '../client'
import type { RecordKey } from '../records/kind'

/** Milliseconds since 1970. `by` is null when the system did it. */
export type FieldHand = { by: string | null; at: number }

/** Who changed a field of each record last, in the order asked; null where nobody recorded it. */
export async function listLastChanges(
  db: Db,
  _scope: ChainScope<'menu:edit'>,
  asked: readonly { subject: RecordSubject; key: RecordKey; field: string }[],
): Promise<(FieldHand | null)[]> {
  const rows = asked.map(({ subject, key, field }) => ({
    subject: auditSubject(subject),
    id: String(key.id),
    restaurant: key.restaurantId,
    field,
  }))
  const found = await db.execute<{ by: string | null; at: number | null }>(sql`
    select l.by, l.at
    from rows from (json_to_recordset(${JSON.stringify(rows)}::text::json)
      as (subject text, id text, restaurant int, field text)) with ordinality as g (subject, id, restaurant, field, place)
    left join lateral (
      select u.name as by, (extract(epoch from a.created_at) * 1000)::float8 as at
      from audit_log a left join users u on u.id = a.user_id
      where a.subject = g.subject and a.subject_id = g.id and a.restaurant_id is not distinct from g.restaurant
        and a.after ? g.field
      order by a.id desc limit 1
    ) l on true
    order by g.place`)
  return found.map(({ by, at }) => (at === null ? null : { by, at }))
}
