import { bigint, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt } from './columns'
import { restaurants } from './restaurants'
import { users } from './users'

/**
 * Who changed what: one row a change that a person made outside of the order log. Written often and not yet listed by
 * any page, so it has no index but its key.
 */
export const auditLog = pgTable('audit_log', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** Null when the system did it. */
  userId: integer('user_id').references(() => users.id),
  restaurantId: integer('restaurant_id').references(() => restaurants.id),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  subjectId: text('subject_id').notNull(),
  before: jsonb('before'),
  after: jsonb('after'),
  createdAt: createdAt(),
})
