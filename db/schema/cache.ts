import { bigint, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt } from './columns'

/**
 * What became stale, written in the transaction that made it so. NOTIFY only wakes the processes: one that was away
 * reads here what it missed.
 */
export const cacheInvalidations = pgTable('cache_invalidations', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tag: text('tag').notNull(),
  createdAt: createdAt(),
})
