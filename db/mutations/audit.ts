import { sql } from 'drizzle-orm'
import type { Db } from '../client'

export type AuditEntry = {
  /** Null when the system did it. */
  userId: number | null
  restaurantId: number | null
  /** `noun.verb`. */
  action: string
  subject: string
  subjectId: string
  before?: object | null
  after?: object | null
}

/** Records in the caller's transaction who changed what. */
export async function recordAudit(tx: Db, entry: AuditEntry): Promise<void> {
  const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null)
  await tx.execute(sql`
    insert into audit_log (user_id, restaurant_id, action, subject, subject_id, before, after)
    values (${entry.userId}, ${entry.restaurantId}, ${entry.action}, ${entry.subject}, ${entry.subjectId},
      ${json(entry.before)}::text::jsonb, ${json(entry.after)}::text::jsonb)`)
}
