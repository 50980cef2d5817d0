import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt } from './columns'
import { restaurants } from './restaurants'
import { users } from './users'

/**
 * Who changed what: one row a change that a person made outside of the order log, never changed and never deleted. Of
 * what forms edit (`db/records`), `before` and `after` hold the fields that changed, so that the rows of a thing, taken
 * in order, make it what it is.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null when the system did it. */
    userId: integer('user_id').references(() => users.id),
    restaurantId: integer('restaurant_id').references(() => restaurants.id),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    subjectId: text('subject_id').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    /** `publications.id` of what was done in one go, to be undone in one. No reference: neither is ever deleted. */
    publicationId: integer('publication_id'),
    createdAt: createdAt(),
  },
  (t) => [
    // listAudit and lastChange: what happened to one thing; listPriceHistory.
    index('audit_log_subject').on(t.subject, t.subjectId, t.id),
    // listAudit: what one person did, newest first.
    index('audit_log_user').on(t.userId, t.createdAt, t.id),
    // listAudit: what happened at all, newest first.
    index('audit_log_created').on(t.createdAt, t.id),
    // undoPublication: what it changed.
    index('audit_log_publication').on(t.publicationId).where(sql`${t.publicationId} is not null`),
  ],
)
