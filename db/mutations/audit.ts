import { sql } from 'drizzle-orm'
import type { ChainScope, SystemScope } from '@/domain/scope'
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

/** The person behind a write that the command line can make too; null is the command line. */
export const actingUser = (scope: SystemScope | ChainScope): number | null =>
  'actor' in scope ? scope.actor.userId : null
